import Music

/// Finds the music files, cue sheets and playlists below a folder: the first step of a scan. Names decide (by ending, case
/// ignored); hidden names (".Trash-1000", "._song.mp3") are passed over, as file managers and other
/// players do. Each folder is visited once, whatever links lead to it, so loops end. The order
/// depends on the names alone. It opens folders, never files.
package struct FolderWalk: Sendable {
  package struct File: Equatable, Sendable {
    package var path: [UInt8]
    package var stamp: FileStamp
  }

  /// The files found, without doubles through symbolic links.
  package private(set) var files: [File] = []
  /// The cue sheets found, likewise.
  package private(set) var sheets: [File] = []
  /// The playlists found, likewise.
  package private(set) var playlists: [File] = []
  /// Folders that could not be listed or entered, and links that could not be followed; what lies
  /// below them is unknown, not gone.
  package private(set) var unreadable: [ScanFailure] = []

  private var seenFolders: Set<System.Identity> = []
  private var seenFiles: Set<System.Identity> = []
  /// Links wait for the end, so that a file is known by its real place where that is below us too.
  private var links: [[UInt8]] = []

  /// The endings of files that are read, in lower case.
  package static let endings: Set<[UInt8]> = Set(
    [
      "mp3", "flac", "ogg", "oga", "opus", "spx", "m4a", "m4b", "wav", "aif", "aiff", "aifc", "wv",
      "ape", "mpc", "tta", "wma",
    ].map { Array($0.utf8) })

  /// Walks below `root`, an absolute path. Blocks for as long as the disk does. Fails only where
  /// the root itself cannot be listed. `found` is told the music of each folder as it is listed: the
  /// first of `files`, in their order, without what only links lead to.
  package static func run(
    _ root: [UInt8], isCancelled: () -> Bool = { false },
    found: (ArraySlice<File>) -> Void = { _ in }
  ) -> Result<FolderWalk, ScanFailure> {
    var walk = FolderWalk()
    switch System.status(root) {
    case .failure(let failure): return .failure(ScanFailure(path: root, reason: failure.text))
    case .success(let status) where status.kind != .folder:
      return .failure(ScanFailure(path: root, reason: "not a folder"))
    case .success(let status): walk.seenFolders.insert(status.identity)
    }
    walk.descend(from: root, isCancelled, found)
    if let failure = walk.unreadable.first, failure.path == root { return .failure(failure) }
    while !walk.links.isEmpty, !isCancelled() { walk.follow(walk.links.removeFirst(), isCancelled) }
    return .success(walk)
  }

  enum Kind { case music, sheet, playlist }

  /// What a visible file is by its name; nil where it is of no interest.
  static func kind(_ name: [UInt8]) -> Kind? {
    guard name.first != UInt8(ascii: "."), let dot = name.lastIndex(of: UInt8(ascii: ".")) else {
      return nil
    }
    let ending = name[(dot + 1)...].map { (65...90).contains($0) ? $0 + 32 : $0 }
    if endings.contains(ending) { return .music }
    if ending == sheetEnding { return .sheet }
    return playlistEndings.contains(ending) ? .playlist : nil
  }

  private static let sheetEnding = Array("cue".utf8)
  private static let playlistEndings = Set(PlaylistFormat.allCases.map { Array($0.rawValue.utf8) })

  private mutating func keep(_ path: [UInt8], _ kind: Kind, _ stamp: FileStamp) {
    switch kind {
    case .music: files.append(File(path: path, stamp: stamp))
    case .sheet: sheets.append(File(path: path, stamp: stamp))
    case .playlist: playlists.append(File(path: path, stamp: stamp))
    }
  }

  private mutating func descend(
    from top: [UInt8], _ isCancelled: () -> Bool, _ found: (ArraySlice<File>) -> Void
  ) {
    var stack = [top]
    while let folder = stack.popLast(), !isCancelled() {
      let before = files.count
      defer { if files.count > before { found(files[before...]) } }
      switch System.entries(of: folder, isWanted: { Self.kind($0) != nil }) {
      case .failure(let failure):
        unreadable.append(ScanFailure(path: folder, reason: failure.text))
      case .success(let entries):
        stack.append(contentsOf: sort(entries, in: folder).reversed())
      }
    }
  }

  /// Keeps the files and links of one folder; answers its subfolders in the order of their names.
  private mutating func sort(_ entries: [System.Entry], in folder: [UInt8]) -> [[UInt8]] {
    var subfolders: [[UInt8]] = []
    for entry in entries.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) })
    where entry.name.first != UInt8(ascii: ".") {
      let path = Self.join(folder, entry.name)
      guard let target = look(at: entry, path, in: folder) else { continue }
      if entry.isLink {
        if target.kind == .folder || Self.kind(entry.name) != nil { links.append(path) }
      } else if target.kind == .folder {
        if seenFolders.insert(target.identity).inserted { subfolders.append(path) }
      } else if target.kind == .file, let kind = Self.kind(entry.name) {
        seenFiles.insert(target.identity)
        keep(path, kind, target.stamp)
      }
    }
    return subfolders
  }

  /// What a name leads to; nil where that is nothing or cannot be told. A folder whose names can be
  /// listed and not looked at is named once, for all that is in it.
  private mutating func look(
    at entry: System.Entry, _ path: [UInt8], in folder: [UInt8]
  ) -> System.Status? {
    switch entry.target {
    case .success(let target): return target
    case .failure(let failure) where failure.isAbsence: return nil
    case .failure(let failure):
      let place = entry.isLink ? path : folder
      if unreadable.last?.path != place {
        unreadable.append(ScanFailure(path: place, reason: failure.text))
      }
      return nil
    }
  }

  private mutating func follow(_ link: [UInt8], _ isCancelled: () -> Bool) {
    guard case .success(let target) = System.status(link) else { return }
    switch target.kind {
    case .folder where seenFolders.insert(target.identity).inserted:
      descend(from: link, isCancelled) { _ in }
    case .file where seenFiles.insert(target.identity).inserted:
      if let kind = Self.kind(link) { keep(link, kind, target.stamp) }
    default: break
    }
  }

  private static func join(_ folder: [UInt8], _ name: [UInt8]) -> [UInt8] {
    var path: [UInt8] = []
    path.reserveCapacity(folder.count + 1 + name.count)
    path.append(contentsOf: folder)
    if folder.last != UInt8(ascii: "/") { path.append(UInt8(ascii: "/")) }
    path.append(contentsOf: name)
    return path
  }
}
