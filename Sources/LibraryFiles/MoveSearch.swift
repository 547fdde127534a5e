import Music

/// Says which files are known ones under another path. Pure: paths, sizes and fingerprints go
/// in, pairs come out. Where it is in doubt which of several new files a known one became, all are
/// new: a history must not go to another song. Which of several known doubles a new file was
/// matters less, as all of them sound like it: the likeliest is taken.
struct MoveSearch {
  /// A known file that may have gone elsewhere.
  private let gone: [MarkedFile]
  /// Known files outside of what was walked; whether they are gone has to be asked.
  private let elsewhere: [MarkedFile]
  private let sizesElsewhere: Set<Int64>

  /// - Parameters:
  ///   - known: All files with a fingerprint.
  ///   - isGone: Whether a file was looked for and not found; nil where it was not looked for.
  init(known: [MarkedFile], isGone: (MarkedFile) -> Bool?) {
    var gone: [MarkedFile] = []
    var elsewhere: [MarkedFile] = []
    for file in known {
      switch isGone(file) {
      case true?: gone.append(file)
      case false?: break
      case nil: elsewhere.append(file)
      }
    }
    self.gone = gone
    self.elsewhere = elsewhere
    sizesElsewhere = Set(elsewhere.map(\.stamp.size))
  }

  /// Whether a new file of that size is worth a look inside.
  ///
  /// Where something is gone every new file may be it, tags changed and all. Of files elsewhere,
  /// which as a rule are still there, only those that came unchanged are looked for.
  func mayBeKnown(size: Int64) -> Bool { !gone.isEmpty || sizesElsewhere.contains(size) }

  /// Which new files, and changed ones with another sound, are known ones.
  ///
  /// One new file of a fingerprint is the likeliest of those that are gone. Where there are as many
  /// new as gone ones, and each kept its name, the names say which is which; those that went before
  /// the last scan count only where the others do not suffice. All else is new.
  ///
  /// - Parameters:
  ///   - new: Fingerprints of new files, by path.
  ///   - exists: Asked of known files whose fingerprint was met.
  /// - Returns: Former paths, by the new ones.
  func moves(_ new: [[UInt8]: Int64], exists: ([UInt8]) -> Bool) -> [[UInt8]: [UInt8]] {
    let wanted = Set(new.values)
    let lost = (gone + elsewhere).filter { wanted.contains($0.fingerprint) && !exists($0.path) }
    let former = Dictionary(grouping: lost, by: \.fingerprint)
    let present = Dictionary(grouping: new.keys, by: { new[$0] ?? 0 })
    var moves: [[UInt8]: [UInt8]] = [:]
    for (fingerprint, olds) in former {
      let news = present[fingerprint] ?? []
      for (new, old) in Self.pairs(olds, news) { moves[new] = old }
    }
    return moves
  }

  private typealias Move = (new: [UInt8], old: [UInt8])

  private static func pairs(_ olds: [MarkedFile], _ news: [[UInt8]]) -> [Move] {
    if let new = news.first, news.count == 1 {
      return likeliest(olds, became: new).map { [(new, $0.path)] } ?? []
    }
    let justGone = olds.filter { !$0.isMissing }
    return [justGone, olds].lazy.map { byName($0.map(\.path), news) }.first { !$0.isEmpty } ?? []
  }

  /// What something of the listener's hangs on; then what went since the last scan rather than what
  /// is missing for longer; then what had the same name; then what was known first.
  private static func likeliest(_ olds: [MarkedFile], became new: [UInt8]) -> MarkedFile? {
    func rank(_ old: MarkedFile) -> (Int, Int, Int, Int64) {
      (
        old.isUsed ? 0 : 1, old.isMissing ? 1 : 0, name(old.path) == name(new) ? 0 : 1, old.number
      )
    }
    return olds.min { rank($0) < rank($1) }
  }

  /// Pairs of the same name, or of the same names above it as well, as far as it takes to tell all
  /// of them apart.
  private static func byName(_ olds: [[UInt8]], _ news: [[UInt8]]) -> [Move] {
    guard olds.count == news.count else { return [] }
    for depth in 1...deepest {
      let former = Dictionary(
        olds.map { (name($0, depth), $0) }, uniquingKeysWith: { first, _ in first })
      guard Set(news.map { name($0, depth) }) == Set(former.keys) else { return [] }
      if former.count == olds.count {
        return news.compactMap { new in former[name(new, depth)].map { (new, $0) } }
      }
    }
    return []
  }

  /// Names above a file's own that are compared.
  private static let deepest = 8

  /// The last `depth` names of a path.
  private static func name(_ path: [UInt8], _ depth: Int = 1) -> ArraySlice<UInt8> {
    var rest = depth
    let slash = path.lastIndex { byte in
      if byte == UInt8(ascii: "/") { rest -= 1 }
      return rest == 0
    }
    return path[((slash ?? -1) + 1)...]
  }
}
