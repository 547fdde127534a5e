/// Who sits in front of the camera, decided over several glimpses: the step of identity.
///
/// One wrong frame changes nothing: a person counts as recognised when most of the faces of the
/// last second and a half match them, and the verdict stays over short gaps. It goes by the time
/// in the glimpses. It neither changes the listener nor asks anything; the session does.
package struct ListenerGate: Equatable, Sendable {
  package enum Verdict: Equatable, Sendable {
    case nobody
    /// A face without a match; `staying` once it was there for about three seconds.
    case unknown(staying: Bool)
    /// The person, and the mean score of the glimpses that matched, 0...1.
    case matched(person: Int64, score: Double)
  }

  package private(set) var verdict = Verdict.nobody

  /// Seconds of faces that are looked back on.
  private static let window = 1.5
  /// A match needs this many faces, over this many seconds.
  private static let leastFaces = 3
  private static let leastSpan = 0.3
  /// Share of the faces that have to match to be recognised, and to remain so.
  private static let shareToMatch = 0.6
  private static let shareToKeep = 0.2
  private static let stayAfter = 3.0
  private static let nobodyAfter = 3.0
  /// Someone who comes back after less than this is not asked again.
  private static let askAgainAfter = 30.0

  private struct Sighting: Equatable, Sendable {
    var time: Double
    var match: IdentityCandidate?
  }

  private var clock = EyeClock()
  private var sightings: [Sighting] = []
  private var lastFace: Double?
  private var unknownSince: Double?
  private var wasAsked = false

  package init() {}

  /// Takes the next glimpse and answers the verdict that holds now.
  @discardableResult
  package mutating func observe(_ glimpse: Glimpse) -> Verdict {
    clock.advance(to: glimpse.time)
    let absence = clock.now - (lastFace ?? -.infinity)
    if absence >= Self.nobodyAfter { leave() }
    guard glimpse.face != nil else { return verdict }
    if absence >= Self.askAgainAfter { wasAsked = false }
    lastFace = clock.now
    sightings.append(Sighting(time: clock.now, match: Self.best(of: glimpse.candidates)))
    sightings.removeAll { $0.time < clock.now - Self.window }
    decide()
    return verdict
  }

  /// True once for an unknown face that stays: whoever gets it should ask who this is. It is
  /// false again until somebody was recognised or nobody was there for half a minute.
  package mutating func takeQuestion() -> Bool {
    guard verdict == .unknown(staying: true), !wasAsked else { return false }
    wasAsked = true
    return true
  }

  private mutating func leave() {
    verdict = .nobody
    sightings = []
    unknownSince = nil
  }

  private mutating func decide() {
    if let (person, score) = recognised() {
      verdict = .matched(person: person, score: score)
      unknownSince = nil
      wasAsked = false
      return
    }
    let since = unknownSince ?? clock.now
    unknownSince = since
    let staying = clock.now - since >= Self.stayAfter
    // A known face turned away for a moment is still that person's.
    if case .matched = verdict, !staying { return }
    verdict = .unknown(staying: staying)
  }

  private func recognised() -> (person: Int64, score: Double)? {
    guard sightings.count >= Self.leastFaces, let first = sightings.first,
      clock.now - first.time >= Self.leastSpan
    else { return nil }
    var votes: [Int64: [Double]] = [:]
    for match in sightings.compactMap(\.match) {
      votes[match.person, default: []].append(match.score)
    }
    // The lower number wins where two have equally many, so that the answer is always the same.
    let winner = votes.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    guard let winner else { return nil }
    let share = Double(winner.value.count) / Double(sightings.count)
    guard share >= (isMatched(winner.key) ? Self.shareToKeep : Self.shareToMatch) else {
      return nil
    }
    return (winner.key, winner.value.reduce(0, +) / Double(winner.value.count))
  }

  private func isMatched(_ person: Int64) -> Bool {
    if case .matched(person, _) = verdict { true } else { false }
  }

  private static func best(of candidates: [IdentityCandidate]) -> IdentityCandidate? {
    candidates.filter { $0.isMatch && $0.score.isFinite }.max { $0.score < $1.score }
  }
}
