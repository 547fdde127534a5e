import Music

extension Playlists {
  /// The playlists in a folder, each a `.m3u8` that other players read too. The folder is made, for
  /// its owner alone, when the first list is saved.
  package static func live(folder: String) -> Playlists {
    let folder = PlaylistFolder(path: Array(folder.utf8))
    return Playlists(
      list: { try await System.onOwnThread { Result { try folder.list() } }.get() },
      load: { name in try await System.onOwnThread { Result { try folder.load(name) } }.get() },
      save: { name, list in
        try await System.onOwnThread { Result { try folder.save(name, list) } }.get()
      },
      replace: { name, former, list in
        try await System.onOwnThread {
          Result { try folder.replace(name, former, with: list) }
        }.get()
      },
      rename: { name, new in
        try await System.onOwnThread { Result { try folder.rename(name, to: new) } }.get()
      },
      delete: { name in
        try await System.onOwnThread { Result { try folder.delete(name) } }.get()
      })
  }
}

/// The folder with the listener's playlists. What cannot be read is never written over, and what did
/// not change is not read again.
struct PlaylistFolder: Sendable {
  let path: [UInt8]
  private let cache = PlaylistCache()

  private static let ending = ".m3u8"

  init(path: [UInt8]) { self.path = path }

  func list() throws -> [PlaylistSummary] {
    let names = try names()
    cache.forget(allBut: Set(try names.map(file)))
    return names.map { name in
      do {
        return PlaylistSummary(name: name, count: try load(name)?.entries.count)
      } catch {
        // One that cannot be read is listed all the same, so that it is not taken for lost.
        return PlaylistSummary(name: name, count: nil)
      }
    }
  }

  private func names() throws -> [String] {
    switch System.entries(of: path, isWanted: { $0.first != UInt8(ascii: ".") }) {
    case .failure(let failure):
      if case .failure(let status) = System.status(path), status.code == failure.code { return [] }
      throw FileFault(path, failure)
    case .success(let entries):
      return entries.compactMap { entry in
        guard let name = String(validating: entry.name, as: UTF8.self),
          name.hasSuffix(Self.ending)
        else { return nil }
        let stem = String(name.dropLast(Self.ending.count))
        return PlaylistName(stem)?.text == stem ? stem : nil
      }.sorted()
    }
  }

  func load(_ name: String) throws -> Playlist? {
    let file = try self.file(name)
    do {
      return try read(file)
    } catch let fault as FileFault {
      if fault.isMissing { return nil }
      throw PlaylistsFault.unreadable(path: fault.path, reason: fault.reason)
    } catch let fault as PlaylistFault {
      let path = String(decoding: file, as: UTF8.self)
      throw PlaylistsFault.unreadable(path: path, reason: fault.description)
    }
  }

  /// What changes while it is read has another version at the next look.
  private func read(_ file: [UInt8]) throws -> Playlist {
    guard case .success(let status) = System.status(file) else {
      return try Playlist(try WholeFile.read(file), format: .m3u8, folder: path)
    }
    let version = PlaylistCache.Version(status)
    if let known = cache[file, version] { return known }
    let list = try Playlist(try WholeFile.read(file), format: .m3u8, folder: path)
    cache.keep(list, of: file, version)
    return list
  }

  func save(_ name: String, _ list: Playlist) throws {
    try locked(name) { try write(name, list) }
  }

  /// False, and nothing changes, where the list is another one by now than it was when it was read.
  func replace(_ name: String, _ former: Playlist?, with list: Playlist) throws -> Bool {
    try locked(name) {
      guard try load(name) == former else { return false }
      try write(name, list)
      return true
    }
  }

  private func write(_ name: String, _ list: Playlist) throws {
    // Reading comes first: what failed to load is kept as it is.
    _ = try load(name)
    try WholeFile.write(list.bytes(as: .m3u8), to: file(name), isPrivate: true)
  }

  /// The player and a scan beside it may change the same list.
  private func locked<T>(_ name: String, _ body: () throws -> T) throws -> T {
    _ = try file(name)
    if let failure = System.makeFolder(path) { throw FileFault(path, failure) }
    switch try System.locking(path, body) {
    case .success(let result): return result
    case .failure(let failure): throw FileFault(path, failure)
    }
  }

  /// The list under its new name is on the disk before the old one goes: a kill in between leaves
  /// both.
  func rename(_ name: String, to new: String) throws {
    guard var list = try load(name) else {
      throw PlaylistsFault.unknown(name, known: try names())
    }
    let file = try self.file(new)
    guard case .failure = System.status(file) else { throw PlaylistsFault.taken(new) }
    list.title = PlaylistName(new)?.text
    try save(new, list)
    _ = try delete(name)
  }

  /// Gives files that moved their new paths in each list that names them.
  ///
  /// - Parameter moves: New paths, by the former ones.
  /// - Returns: How many lists changed, and those that could not.
  func follow(_ moves: [[UInt8]: [UInt8]]) -> (changed: Int, failed: [ScanFailure]) {
    guard !moves.isEmpty else { return (0, []) }
    var changed = 0
    var failed: [ScanFailure] = []
    do {
      for name in try names() {
        do {
          if try follow(moves, name) { changed += 1 }
        } catch { failed.append(try failure(name, error)) }
      }
    } catch { failed.append(ScanFailure(path: path, reason: "\(error)")) }
    return (changed, failed)
  }

  /// Whoever changes the list meanwhile does so before or after.
  private func follow(_ moves: [[UInt8]: [UInt8]], _ name: String) throws -> Bool {
    guard var list = try load(name), list.follow(moves) else { return false }
    return try locked(name) {
      guard var list = try load(name), list.follow(moves) else { return false }
      try write(name, list)
      return true
    }
  }

  private func failure(_ name: String, _ error: any Error) throws -> ScanFailure {
    let reason =
      switch error {
      case PlaylistsFault.unreadable(_, let reason): reason
      case let fault as FileFault: fault.reason
      default: "\(error)"
      }
    return ScanFailure(
      path: try file(name), reason: "does not follow the files that moved: \(reason)")
  }

  func delete(_ name: String) throws -> Bool {
    let file = try self.file(name)
    guard let failure = System.remove(file) else { return true }
    let fault = FileFault(file, failure)
    if fault.isMissing { return false }
    throw fault
  }

  private func file(_ name: String) throws(PlaylistsFault) -> [UInt8] {
    guard let name = PlaylistName(name) else { throw .badName(name) }
    return path + Array("/\(name.text)\(Self.ending)".utf8)
  }
}
