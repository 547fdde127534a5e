import Music
import Perception
import Screen
import Session
import Taste

/// A session whose world answers at once with made-up tracks: state and events, no machine.
struct PaperSession {
  private(set) var state: State
  private let tracks: Int
  private var time = 1_800_000_000.0
  private var effects: [Effect] = []

  init(tracks: Int) {
    self.tracks = tracks
    var settings = Settings()
    settings.source = .camera(0)
    state = State(size: Size(columns: 200, rows: 60), settings: settings, seed: 7)
  }

  /// Starts, lets patience end and the library and the queue fill.
  mutating func begin() {
    handle(.painted)
    answer()
    handle(.timer(.patience))
    answer()
  }

  mutating func handle(_ event: Event) {
    time += 0.1
    effects += update(&state, event, at: time)
  }

  /// Answers what the last events asked for, and what these answers ask for.
  mutating func answer() {
    while !effects.isEmpty {
      let asked = effects
      effects = []
      for event in asked.flatMap(reply) { handle(event) }
    }
  }

  private func reply(_ effect: Effect) -> [Event] {
    switch effect {
    case .recall: [.recalled([:])]
    case .listListeners: [.listeners([.default])]
    case .page(let query, let range):
      [
        .rows(
          query, offset: range.lowerBound,
          CatalogPage(total: tracks, rows: range.clamped(to: 0..<tracks).map(Self.track)))
      ]
    case .fetch(let ids): [.tracks(asked: ids, ids.map { Self.track(Int($0.rawValue) - 1) })]
    case .recommend(let request):
      [.recommended(request, (1...20).map { Self.song($0 * 7 % tracks + 1) })]
    case .player(.play(let id, _, _)): [.player(.started(id)), .player(.duration(id, 200))]
    case .record(let feedback): [.stored(feedback)]
    default: []
    }
  }

  private static func track(_ number: Int) -> Track {
    Track(
      id: TrackID(Int64(number + 1)), location: Location(path: "/music/\(number).flac"),
      tags: Tags(
        title: "Song \(number)", artist: "Artist \(number / 36)", album: "Album \(number / 12)",
        year: 1960 + number % 60, track: number % 12 + 1, duration: 200))
  }

  private static func song(_ number: Int) -> Recommendation {
    Recommendation(track: TrackID(Int64(number)), score: 7.4, reasons: [.new])
  }
}
