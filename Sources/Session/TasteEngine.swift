import Music
import Taste

/// The recommender with what it needs in memory: the table of numbers and the listener's taste.
///
/// Lives beside the state, not in it: twenty thousand rows have no place in a value that is
/// compared at every event. Built after the first paint.
package actor TasteEngine {
  private let catalog: Catalog
  private let store: Store
  private let recommender: Recommender
  private var table: CandidateTable?
  /// Rises when the catalogue changes.
  private var generation = 0
  private var tastes: [ListenerID: ListenerTaste] = [:]

  package init(catalog: Catalog, store: Store, recommender: Recommender = Recommender()) {
    self.catalog = catalog
    self.store = store
    self.recommender = recommender
  }

  /// Reads a listener's log, from where it was left; a guest begins with nothing each time.
  package func open(_ listener: ListenerID) async throws {
    guard listener != .guest else {
      tastes[.guest] = ListenerTaste()
      return
    }
    _ = try await taste(of: listener)
  }

  /// Reads the table and a log before anybody asks for songs.
  package func prepare(for listener: ListenerID) async throws {
    _ = try await candidates()
    try await open(listener)
  }

  /// Learns from what was committed since the last time, by this program or by another (`emus
  /// rate`), so that the next choice knows of it.
  package func absorb(upTo number: Int64, of listener: ListenerID) async throws {
    let known = try await taste(of: listener)
    guard number > known.lastNumber else { return }
    let events = try await store.log(listener, known.lastNumber)
    var taste = tastes[listener] ?? known
    for event in events { taste.absorb(event) }
    tastes[listener] = taste
  }

  /// The songs to play, best first; empty where every candidate was excluded.
  package func songs(for request: RecommendationRequest) async throws -> [Recommendation] {
    let table = try await candidates()
    let taste = try await taste(of: request.listener)
    var generator = SeededGenerator(seed: request.seed)
    return recommender.rank(
      table: table, taste: taste, mood: request.mood, policy: request.policy, now: request.time,
      excluding: request.excluding, count: request.count, generator: &generator)
  }

  /// The catalogue changed: the table is read anew at the next choice.
  package func forgetTable() {
    table = nil
    generation += 1
  }

  private func candidates() async throws -> CandidateTable {
    if let table { return table }
    let begun = generation
    let built = CandidateTable(try await catalog.facts())
    // What was read before a change of the catalogue is good for this choice, not for the next.
    if generation == begun { table = built }
    return built
  }

  private func taste(of listener: ListenerID) async throws -> ListenerTaste {
    if let known = tastes[listener] { return known }
    guard listener != .guest else { return ListenerTaste() }
    let taste = ListenerTaste(log: try await store.log(listener, 0))
    // While the log was read an event may have been absorbed into a newer value.
    if let newer = tastes[listener] { return newer }
    tastes[listener] = taste
    return taste
  }
}
