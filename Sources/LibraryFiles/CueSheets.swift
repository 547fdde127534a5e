import Music

/// The cue sheets of a walk, and which music file each of their pieces is in. A sheet counts for
/// files in its own folder alone, whatever it names: by the name, by the name in other letters, or
/// by the name with another ending, since an album that was compressed keeps its old sheet.
struct CueSheets {
  /// What the sheets say of one file.
  struct Split: Equatable {
    /// The sheet's; the file's own where that carries it.
    var path: [UInt8]
    var sheet: CueSheet
    /// The tracks in this file, in the order of the sheet.
    var tracks: [CueSheet.Piece]
    /// Of the sheet's file.
    var stamp: FileStamp
  }

  private(set) var splits: [[UInt8]: Split] = [:]
  /// Sheets that could not be read, or hold no piece; tracks without a beginning, and files that
  /// mean nothing.
  private(set) var failed: [ScanFailure] = []

  /// Reads the sheets; blocks for as long as the disk does. Of two sheets for one file the first
  /// by name counts.
  init(_ walk: FolderWalk) {
    guard !walk.sheets.isEmpty else { return }
    let folders = Set(walk.sheets.map { Self.folder($0.path) })
    let neighbours = Dictionary(
      grouping: walk.files.map(\.path).filter { folders.contains(Self.folder($0)) },
      by: { Self.folder($0) })
    for file in walk.sheets {
      switch Self.read(file.path) {
      case .failure(let failure): failed.append(failure)
      case .success(let sheet):
        failed += Self.failures(sheet.leftOut, file.path)
        add(sheet, file, to: neighbours[Self.folder(file.path)] ?? [])
      }
    }
  }

  private mutating func add(
    _ sheet: CueSheet, _ file: FolderWalk.File, to neighbours: [[UInt8]]
  ) {
    var found: [[UInt8]: [CueSheet.Piece]] = [:]
    var strays: [(name: [UInt8], reason: String)] = []
    for (name, tracks) in Dictionary(grouping: sheet.tracks, by: \.file) {
      let meant = Self.meant(name, neighbours)
      if let path = meant.first, meant.count == 1 {
        found[path, default: []] += tracks
      } else {
        strays.append(
          (
            name,
            meant.isEmpty ? "no such file is beside it" : "several files beside it may be meant"
          ))
      }
    }
    for (path, tracks) in found where splits[path] == nil {
      splits[path] = Split(path: file.path, sheet: sheet, tracks: tracks, stamp: file.stamp)
    }
    failed += strays.sorted { $0.name.lexicographicallyPrecedes($1.name) }.map { stray in
      ScanFailure(
        path: file.path, reason: "it names “\(PathText.escaped(stray.name))”, and \(stray.reason)")
    }
  }

  /// The tracks of a sheet that make no piece.
  static func failures(_ leftOut: [CueSheet.LeftOut], _ path: [UInt8]) -> [ScanFailure] {
    leftOut.map { track in
      let reason =
        switch track.reason {
        case .noBeginning: "has no INDEX 01 with a time in it"
        case .notAfterPrevious: "does not begin after the one before it"
        case .behindTheEnd: "begins behind the end of its file"
        }
      return ScanFailure(path: path, reason: "track \(track.number) \(reason)")
    }
  }

  private static func read(_ path: [UInt8]) -> Result<CueSheet, ScanFailure> {
    do throws(System.Failure) {
      let file = try OpenFile(path)
      guard file.length <= CueSheet.sizeLimit else {
        return .failure(ScanFailure(path: path, reason: "too long for a cue sheet"))
      }
      guard let sheet = CueSheet(file.bytes(at: 0, file.length)) else {
        return .failure(ScanFailure(path: path, reason: "no piece in this cue sheet"))
      }
      return .success(sheet)
    } catch {
      return .failure(ScanFailure(path: path, reason: error.text))
    }
  }

  /// The neighbours that may be meant: it is one only where there is no other.
  static func meant(_ name: [UInt8], _ neighbours: [[UInt8]]) -> [[UInt8]] {
    let wanted = Self.name(name)
    if let exact = neighbours.first(where: { Self.name($0) == wanted }) { return [exact] }
    let lower = wanted.map(Self.lower)
    let alike = neighbours.filter { Self.name($0).map(Self.lower) == lower }
    guard alike.isEmpty else { return alike }
    let stem = Self.stem(lower)
    return neighbours.filter { Self.stem(Self.name($0).map(Self.lower)) == stem }
  }

  private static func folder(_ path: [UInt8]) -> [UInt8] {
    Array(path[..<(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)])
  }

  /// Behind the last slash, of either kind.
  private static func name(_ path: [UInt8]) -> [UInt8] {
    let slash = path.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    return Array(path[((slash ?? -1) + 1)...])
  }

  private static func stem(_ name: [UInt8]) -> [UInt8] {
    Array(name[..<(name.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex)])
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte + 32 : byte
  }
}

extension CueSheets.Split {
  /// The pieces as entries of the catalogue; none where the file is too short for them.
  func entries(
    _ path: [UInt8], stamp: FileStamp, tags: Tags, fingerprint: Int64?, formerPath: [UInt8]?
  ) -> [ScanBatch.Entry] {
    CueSheet.cut(tracks, length: tags.duration).pieces.map { piece in
      ScanBatch.Entry(
        location: Location(
          path: path, start: piece.start > 0 ? piece.start : nil, end: piece.end), stamp: stamp,
        tags: sheet.tags(of: piece, over: tags), fingerprint: fingerprint, formerPath: formerPath)
    }
  }
}

extension CueSheets.Split {
  /// The tracks that make no piece of a file of so many seconds; nil where nobody knows.
  func leftOut(_ duration: Double?) -> [CueSheet.LeftOut] {
    CueSheet.cut(tracks, length: duration).leftOut
  }
}

extension FileStamp {
  /// The stamp of a file that is read together with another: a change of either changes it.
  func mixed(with other: FileStamp) -> FileStamp {
    let factor: Int64 = 1_000_003
    return FileStamp(
      size: size, modified: (modified &* factor &+ other.modified) &* factor &+ other.size)
  }
}
