import Music
import Perception
import Screen
import Synchronization
import Taste

@testable import Session

/// A whole session without a machine: the real update and view, the real recommender, a made-up
/// world, and a clock that stands still until it is told to go on.
///
/// A script reads as a listener acts: `press("j j Enter")`, `pass(4)`, `see(sad)`.
struct Simulation {
  var state: State
  var world: World
  private var time = 1_800_000_000.0
  private var timers: [(due: Double, timer: Timer)] = []
  private let engine: TasteEngine
  private(set) var effects: [Effect] = []
  private(set) var hasQuit = false
  /// A fit takes its time: what it comes to arrives with `finishFits`.
  var holdsFits = false
  private var heldFits: [Event] = []

  init(
    tracks: [Track] = Simulation.album(count: 30), size: Size = Size(columns: 100, rows: 30),
    memory: [String: String] = [:], configure: (inout State) -> Void = { _ in }
  ) {
    world = World(tracks: tracks, memory: memory)
    engine = TasteEngine(catalog: world.catalog, store: world.store)
    var settings = Settings()
    settings.source = nil
    state = State(size: size, settings: settings, seed: 7)
    configure(&state)
  }

  var screen: Canvas { view(state) }
  var text: String { screen.text }

  /// Starts, and lets three seconds pass, so that the music plays.
  mutating func start() async throws {
    try await send(.painted)
    try await pass(3)
  }

  mutating func press(_ keys: String) async throws {
    for word in keys.split(separator: " ") {
      for key in KeyName.keys(String(word)) ?? [] { try await send(.key(key)) }
    }
  }

  mutating func type(_ text: String) async throws {
    for character in text { try await send(.key(.character(character))) }
  }

  mutating func see(_ sight: Sight) async throws { try await send(.sight(sight)) }

  /// Lets time pass: timers go off, the song moves on and ends.
  mutating func pass(_ seconds: Double) async throws {
    let end = time + seconds
    while true {
      let next = timers.map(\.due).min() ?? .infinity
      let songEnd = world.player.remaining.map { time + $0 } ?? .infinity
      let due = min(next, songEnd, end)
      let step = due - time
      time = due
      for event in world.player.move(by: step) { try await send(event) }
      let ready = timers.filter { $0.due <= time }
      timers.removeAll { $0.due <= time }
      for (_, timer) in ready { try await send(.timer(timer)) }
      if due >= end { return }
    }
  }

  mutating func send(_ event: Event) async throws {
    var events = [event]
    while !events.isEmpty {
      let next = events.removeFirst()
      for effect in update(&state, next, at: time) {
        effects.append(effect)
        events += try await answers(to: effect)
      }
    }
  }

  mutating func finishFits() async throws {
    let fits = heldFits
    heldFits = []
    for fit in fits { try await send(fit) }
  }

  private mutating func answers(to effect: Effect) async throws -> [Event] {
    switch effect {
    case .quit: hasQuit = true
    case .wake(let timer, let seconds): timers.append((time + seconds, timer))
    case .player(let command): return world.player.take(command)
    case .recall: return [.recalled(world.remembered)]
    case .remember(let values): world.remember(values)
    case .listListeners: return [.listeners(try await world.store.listeners())]
    case .open(let listener): try await engine.open(listener)
    case .recommend(let request):
      return [.recommended(request, try await engine.songs(for: request))]
    case .record(let feedback):
      let number = try await world.store.record(feedback)
      try await engine.absorb(upTo: number, of: feedback.listener)
      return [.stored(feedback)]
    case .page(let query, let range):
      return [.rows(query, offset: range.lowerBound, try await world.catalog.page(query, range))]
    case .listSmartPlaylists:
      return [.smartPlaylists(try await world.catalog.smartPlaylists.all(), after: nil)]
    case .changeSmartPlaylists(let change):
      let playlists = world.catalog.smartPlaylists
      do {
        try await playlists.apply(change)
        return [.smartPlaylists(try await playlists.all(), after: change)]
      } catch { return [.failed(.other, "\(error)")] }
    case .fetch(let ids): return [.tracks(asked: ids, try await world.catalog.tracks(ids))]
    case .change(let change):
      return [.listenerChanged(change, try await world.store.change(change))]
    case .playlist(let work):
      do {
        return [.playlist(try await world.ports.perform(work))]
      } catch { return [.failed(.other, "\(error)")] }
    case .listPlaylists(let listener, let time):
      do {
        return [.playlists(try await world.ports.playlistRows(listener: listener, time: time))]
      } catch { return [.failed(.other, "\(error)")] }
    case .readPlaylist(let reference, let purpose, let listener, let time):
      do {
        let contents = try await world.ports.contents(
          of: reference, listener: listener, time: time)
        return [.playlistRead(reference, for: purpose, contents)]
      } catch { return [.failed(effect.failedWork, "\(error)")] }
    case .loadPlaylist(let name):
      do {
        let (reference, contents) = try await world.ports.load(name)
        return [.playlistRead(reference, for: .load, contents)]
      } catch { return [.failed(.other, "\(error)")] }
    case .readHistory(let track, let listener):
      return [.historyRead(track, try await world.catalog.history(track, listener))]
    case .readCalibration(let owner):
      return try await calibration(of: owner) { .calibrationRead(owner, $0) }
    case .calibrate(let samples, let number):
      do {
        return held(
          .calibrated(number: number, try CalibrationFit.run(samples, network: state.network)))
      } catch {
        return held(.failed(.calibrate(number: number), "\(error)"))
      }
    case .keepCalibration(let owner, let outcome):
      if let found = outcome.calibration {
        try await world.store.calibrations.save(found, owner)
      }
      return [.calibrationKept(owner, outcome)]
    case .undoCalibration(let owner):
      let wasThere = try await world.store.calibrations.undo(owner)
      return try await calibration(of: owner) {
        .calibrationUndone(owner, wasThere: wasThere, $0)
      }
    case .eye, .redraw, .sendGallery, .scan, .watch, .followFolders: break
    }
    return []
  }

  private func calibration(
    of owner: CalibrationOwner, _ event: (EmotionCalibration?) -> Event
  ) async throws -> [Event] {
    do {
      return [event(try await world.store.calibrations.current(owner))]
    } catch is DamagedCalibration {
      return [event(nil), .calibrationDamaged(owner)]
    }
  }

  private mutating func held(_ fit: Event) -> [Event] {
    guard holdsFits else { return [fit] }
    heldFits.append(fit)
    return []
  }
}

extension Simulation {
  /// Tracks of ten artists, moods going round the circle.
  static func album(count: Int) -> [Track] {
    let moods = ["happy", "sad", "calm", "angry", "energetic"]
    return (0..<count).map { number in
      Track(
        id: TrackID(Int64(number + 1)), location: Location(path: "/music/\(number + 1).flac"),
        tags: Tags(
          title: "Song \(number + 1)", artist: "Artist \(number % 10)",
          album: "Album \(number % 5)", year: 2000 + number % 20, track: number + 1,
          duration: 200, mood: moods[number % moods.count]))
    }
  }

  /// A clear face with an emotion, as the camera would give it.
  static func sight(_ emotion: Emotion, certainty: Double = 0.8) -> Sight {
    let weights = Emotion.allCases.map { $0 == emotion ? 0.82 : 0.03 }
    guard let probabilities = EmotionProbabilities(weights: weights) else {
      preconditionFailure("seven weights above 0 are probabilities")
    }
    let reading = EmotionReading(probabilities: probabilities, label: emotion, unsure: nil)
    var mood = Mood(reading: reading, source: .face)
    mood.certainty = certainty
    return Sight(reading: reading, mood: mood, hasFace: true, framesPerSecond: 15)
  }
}
