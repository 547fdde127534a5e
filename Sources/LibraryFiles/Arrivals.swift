import Glibc
import Music

/// The new and changed files of a scan as far as they had to be looked into, and what that says of
/// the tracks that are known: which went to another path, which have to make room for another song,
/// and of which nobody can tell yet. Made after the walk, before anything is written. A first scan
/// looks into none, and files that have not changed are never looked into.
struct Arrivals: Sendable {
  /// Of the files that were looked into, by path.
  private(set) var fingerprints: [[UInt8]: Int64] = [:]
  /// Where the tracks of a file wait for it or were before, by its path.
  private(set) var formerPaths: [[UInt8]: [UInt8]] = [:]
  /// Where files went that were at the places where lists look for them: new paths, by the former.
  private(set) var moves: [[UInt8]: [UInt8]] = [:]
  /// By the paths of the files that now hold another song.
  private(set) var vacated: [[UInt8]: ScanBatch.Vacancy] = [:]
  private(set) var doubtful: [[UInt8]: ScanBatch.Doubt] = [:]

  /// A file that is to be read.
  private struct Change {
    var path: [UInt8]
    var stamp: FileStamp
    /// There are tracks at its path that are not missing.
    var isKnown: Bool
  }

  static func find(_ surveys: [ScanSurvey], _ files: CatalogFiles) async throws -> Arrivals {
    guard surveys.contains(where: { !$0.changed.isEmpty }) else { return Arrivals() }
    let known = try await files.marked()
    // What a first scan finds is new, and there is nothing that it could be.
    guard !known.isEmpty || surveys.contains(where: { !$0.known.isEmpty }) else {
      return Arrivals()
    }
    let changes = surveys.flatMap { survey in
      survey.changed.map {
        Change(
          path: $0.path, stamp: survey.stamp($0), isKnown: survey.known[$0.path] != nil)
      }
    }
    var arrivals = Arrivals()
    var displaced: [[UInt8]: [MarkedFile]] = [:]
    let strangers = await arrivals.compare(changes, known, &displaced)
    guard !displaced.isEmpty || !strangers.isEmpty else { return arrivals }
    await arrivals.follow(strangers, displaced, MoveSearch(known, surveys, displaced))
    return arrivals
  }

  /// Looks into the files at whose paths a sound is known. Fills `displaced` with what is known at
  /// the paths of those that sound otherwise; answers the files of which no sound is known.
  private mutating func compare(
    _ changes: [Change], _ known: [MarkedFile], _ displaced: inout [[UInt8]: [MarkedFile]]
  ) async -> [Change] {
    let paths = Set(changes.map(\.path))
    let here = Dictionary(grouping: known.filter { paths.contains($0.path) }, by: \.path)
    var strangers: [Change] = []
    var looked: [(path: [UInt8], rows: [MarkedFile])] = []
    for change in changes {
      let rows = here[change.path] ?? []
      // What comes back as it was is itself.
      if !change.isKnown, rows.contains(where: { $0.stamp == change.stamp }) { continue }
      let heard = Self.current(rows.filter { $0.fingerprint != 0 })
      if !heard.isEmpty {
        looked.append((change.path, heard))
      } else {
        if change.isKnown || !rows.isEmpty { doubtful[change.path] = .unknownSound }
        strangers.append(change)
      }
    }
    for (file, mark) in zip(looked, await Fingerprint.of(looked.map(\.path))) {
      guard let mark else {
        doubtful[file.path] = .unknownSound
        continue
      }
      fingerprints[file.path] = mark
      if !file.rows.contains(where: { $0.fingerprint == mark }) {
        displaced[file.path] = file.rows
      }
    }
    return strangers
  }

  /// Beside the tracks that lists show, missing ones of the same path are of another time.
  private static func current(_ rows: [MarkedFile]) -> [MarkedFile] {
    let shown = rows.filter { !$0.isMissing }
    return shown.isEmpty ? rows : shown
  }

  /// Says where known sounds went, and who has to make room.
  private mutating func follow(
    _ strangers: [Change], _ displaced: [[UInt8]: [MarkedFile]], _ search: MoveSearch
  ) async {
    let looked = strangers.filter { search.mayBeKnown(size: $0.stamp.size) }.map(\.path)
    for (path, mark) in zip(looked, await Fingerprint.of(looked)) { fingerprints[path] = mark }
    let looking = Set(looked)
    let candidates = fingerprints.filter {
      looking.contains($0.key) || displaced[$0.key] != nil
    }
    let moves = await System.onOwnThread {
      search.moves(candidates) { displaced[$0] == nil && Self.mayExist($0) }
    }
    let carried = Set(candidates.values)
    let followed = Set(moves.values)
    for (path, rows) in displaced {
      if moves[path] != nil || rows.contains(where: { carried.contains($0.fingerprint) }) {
        vacated[path] = ScanBatch.Vacancy(
          path: path, number: rows.map(\.number).min() ?? 0, isFollowed: followed.contains(path))
      } else {
        doubtful[path] = .otherSound
      }
    }
    formerPaths = moves.mapValues { vacated[$0]?.place ?? $0 }
    // What waited since an earlier scan: who names its path since then may mean the song that took it.
    for (new, former) in moves where FormerPlace.origin(of: former) == nil {
      self.moves[former] = new
    }
  }

  private static func mayExist(_ path: [UInt8]) -> Bool {
    guard FormerPlace.origin(of: path) == nil else { return false }
    if case .failure(let failure) = System.status(path) {
      return failure.code != ENOENT && failure.code != ENOTDIR
    }
    return true
  }
}

extension MoveSearch {
  /// What may have gone elsewhere, after a walk: what was looked for and not met, and what is known
  /// at the path of a file that sounds otherwise.
  fileprivate init(
    _ known: [MarkedFile], _ surveys: [ScanSurvey], _ displaced: [[UInt8]: [MarkedFile]]
  ) {
    let met = Set(surveys.flatMap { $0.walk.files.map(\.path) })
    self.init(known: known.filter { $0.fingerprint != 0 }) { file in
      if let rows = displaced[file.path] { return rows.contains(file) }
      if met.contains(file.path) { return false }
      if file.isMissing { return true }
      let survey = surveys.first { Scan.lies(file.path, in: $0.root) }
      return survey.map { !$0.isUnseen(file.path) }
    }
  }
}
