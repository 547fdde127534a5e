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

  init(root: [UInt8], walk: FolderWalk, sheets: CueSheets, known: [[UInt8]: FileStamp]) {
    self.root = root
    self.walk = walk
    self.sheets = sheets
    self.known = known
    changed = walk.files.filter { known[$0.path] != Self.stamp($0, sheets) }
  }

  var unchanged: Int { walk.files.count - changed.count }

  /// Files of which nothing is known under their path.
  var new: [FolderWalk.File] { changed.filter { known[$0.path] == nil } }

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
    let stamp = Self.stamp(file, sheets)
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

  private func split(_ file: FolderWalk.File, _ tags: Tags) -> CueSheets.Split? {
    if let split = sheets.splits[file.path] { return split }
    guard let text = tags.cueSheet, let sheet = CueSheet(Array(text.utf8)) else { return nil }
    // Whatever file it names, it stands in this one.
    return CueSheets.Split(sheet: sheet, pieces: sheet.pieces, stamp: file.stamp)
  }

  private static func stamp(_ file: FolderWalk.File, _ sheets: CueSheets) -> FileStamp {
    sheets.splits[file.path].map { file.stamp.mixed(with: $0.stamp) } ?? file.stamp
  }
}

/// The new files of a scan as far as they had to be looked into: their fingerprints, and where the
/// known ones among them were before.
struct Arrivals: Sendable {
  var fingerprints: [[UInt8]: Int64] = [:]
  /// By the new path.
  var formerPaths: [[UInt8]: [UInt8]] = [:]

  /// Looks into new files only where something may have gone elsewhere; a first scan looks into
  /// none.
  static func find(_ surveys: [ScanSurvey], _ files: CatalogFiles) async throws -> Arrivals {
    let new = surveys.flatMap(\.new)
    let known = new.isEmpty ? [] : try await files.marked()
    guard !known.isEmpty else { return Arrivals() }
    let met = Set(surveys.flatMap { $0.walk.files.map(\.path) })
    let search = MoveSearch(known: known) { file in
      if met.contains(file.path) { return false }
      if file.isMissing { return true }
      let survey = surveys.first { Scan.lies(file.path, in: $0.root) }
      return survey.map { !$0.isUnseen(file.path) }
    }
    // A file that was here before and comes back is itself.
    let former = Set(known.map(\.path))
    let looked = new.filter { !former.contains($0.path) && search.mayBeKnown(size: $0.stamp.size) }
      .map(\.path)
    var arrivals = Arrivals()
    for (path, fingerprint) in zip(looked, await Fingerprint.of(looked)) {
      arrivals.fingerprints[path] = fingerprint
    }
    arrivals.formerPaths = await System.onOwnThread { [fingerprints = arrivals.fingerprints] in
      search.moves(fingerprints) { path in
        if case .failure(let failure) = System.status(path) {
          return failure.code != ENOENT && failure.code != ENOTDIR
        }
        return true
      }
    }
    return arrivals
  }
}
