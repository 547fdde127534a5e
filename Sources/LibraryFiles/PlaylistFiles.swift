import Music

/// The playlists that lie in a scanned folder: the step of a scan after its music. What is new or
/// changed is read, what cannot be read is kept as such, and what is gone is forgotten.
///
/// It writes no file. Which of a list's songs the library has is looked up when it is shown.
struct PlaylistFiles {
  /// Lists that could be read.
  private(set) var count = 0
  private(set) var failed: [ScanFailure] = []

  /// More than any list of songs needs.
  private static let largest = 16 << 20

  /// Brings what is known of the playlists below one folder up to date.
  static func update(
    _ survey: ScanSurvey, _ known: FoundPlaylists
  ) async throws -> PlaylistFiles {
    let files = survey.walk.playlists
    let stamps = try await known.stamps(survey.root)
    let changed = files.filter { stamps[$0.path] != $0.stamp }
    let read = await System.onOwnThread { changed.map(Self.read) }
    let met = Set(files.map(\.path))
    let gone = stamps.keys.filter { !met.contains($0) && !survey.isUnseen($0) }
    if !read.isEmpty || !gone.isEmpty {
      try await known.write(read, gone.sorted { $0.lexicographicallyPrecedes($1) })
    }
    var result = PlaylistFiles()
    for playlist in read {
      guard case .failure(let fault) = playlist.contents else { continue }
      result.failed.append(ScanFailure(path: playlist.path, reason: fault.description))
    }
    result.count = files.count - result.failed.count
    return result
  }

  /// Blocks for as long as the disk does. One that cannot be read has no stamp that a file can
  /// have, so that the next scan tries again, and names it again.
  private static func read(_ file: FolderWalk.File) -> FoundPlaylist {
    let contents = contents(file.path)
    let isRead = if case .success = contents { true } else { false }
    return FoundPlaylist(
      path: file.path, stamp: isRead ? file.stamp : FileStamp(size: -1, modified: 0),
      contents: contents)
  }

  private static func contents(_ path: [UInt8]) -> Result<Playlist, PlaylistFault> {
    guard let format = PlaylistFormat(fileName: path) else {
      return .failure(PlaylistFault(reason: "no playlist by its name"))
    }
    switch System.contents(path, limit: largest) {
    case .failure(let failure):
      return .failure(PlaylistFault(reason: FileFault(path, failure, limit: largest).reason))
    case .success(let bytes):
      let folder = path[..<(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
      do throws(PlaylistFault) {
        return .success(try Playlist(bytes, format: format, folder: Array(folder)))
      } catch { return .failure(error) }
    }
  }
}
