import Glibc
import Music

/// What one folder holds beside what is known of it: made after the walk, before anything is read.
struct ScanSurvey: Sendable {
  let root: [UInt8]
  let walk: FolderWalk
  let sheets: CueSheets
  /// Stamps of the known files below the folder.
  let known: [[UInt8]: FileStamp]
  /// Files to be read, in the order of the walk.
  let changed: [FolderWalk.File]
  /// What was read of the first of those already.
  let early: [Result<Tags, TagFault>]

  init(
    root: [UInt8], walk: FolderWalk, sheets: CueSheets, known: [[UInt8]: FileStamp],
    early: [Result<Tags, TagFault>] = []
  ) {
    self.root = root
    self.walk = walk
    self.sheets = sheets
    self.known = known
    self.early = early
    changed = walk.files.filter { known[$0.path] != Self.stamp($0, sheets) }
  }

  var unchanged: Int { walk.files.count - changed.count }

  /// Known paths that were not met, in order. What lies below an unreadable folder is not gone.
  var missing: [[UInt8]] {
    guard !known.isEmpty else { return [] }
    let met = Set(walk.files.map(\.path))
    return known.keys.filter { !met.contains($0) && !isUnseen($0) }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether a path lies where nobody could look.
  func isUnseen(_ path: [UInt8]) -> Bool {
    walk.unreadable.contains { Scan.lies(path, in: $0.path) }
  }

  /// One track, or the pieces of a cue sheet: one beside the file, or else one inside it.
  func entries(
    _ file: FolderWalk.File, _ tags: Tags, fingerprint: Int64?, formerPath: [UInt8]?
  ) -> [ScanBatch.Entry] {
    let stamp = stamp(file)
    let pieces = split(file, tags)?.entries(
      file.path, stamp: stamp, tags: tags, fingerprint: fingerprint, formerPath: formerPath)
    if let pieces, !pieces.isEmpty { return pieces }
    var whole = tags
    whole.cueSheet = nil
    return [
      ScanBatch.Entry(
        location: Location(path: file.path), stamp: stamp, tags: whole, fingerprint: fingerprint,
        formerPath: formerPath)
    ]
  }

  /// Tracks of a cue sheet that make no piece of the file.
  func leftOut(_ file: FolderWalk.File, _ tags: Tags) -> [ScanFailure] {
    guard let split = split(file, tags) else { return [] }
    // What has no beginning in a sheet beside the file was said when that was read.
    let without = sheets.splits[file.path] == nil ? split.sheet.leftOut : []
    return CueSheets.failures(without + split.leftOut(tags.duration), split.path)
  }

  private func split(_ file: FolderWalk.File, _ tags: Tags) -> CueSheets.Split? {
    if let split = sheets.splits[file.path] { return split }
    guard let text = tags.cueSheet, let sheet = CueSheet(Array(text.utf8)) else { return nil }
    // Whatever file it names, it stands in this one.
    return CueSheets.Split(
      path: file.path, sheet: sheet, tracks: sheet.tracks, stamp: file.stamp)
  }

  /// What the catalogue keeps as the file's stamp.
  func stamp(_ file: FolderWalk.File) -> FileStamp { Self.stamp(file, sheets) }

  private static func stamp(_ file: FolderWalk.File, _ sheets: CueSheets) -> FileStamp {
    sheets.splits[file.path].map { file.stamp.mixed(with: $0.stamp) } ?? file.stamp
  }
}
