import Foundation
import Music
import Perception
import PlaybackMpv
import Session
import StoreSQLite
import Taste

/// `emus --once`: read, detect, recognise, classify, recommend, print, leave. Needs no terminal,
/// no sound device and no camera.
struct OnceCommand {
  var source: String?
  var json: Bool
  var play: Bool
  var user: String?
  var freshDatabase: Bool
  var classifier: ClassifierKind
  var home: Home

  private static let songs = 5

  func run() async throws {
    try home.make()
    let installation = Installation()
    let configuration = ConfigurationFile(home: home, installation: installation)
    for problem in configuration.problems { Failure.complain(problem) }
    let database = try OpenDatabase.existingOrNew(home, fresh: freshDatabase)
    let store = Store.live(database)
    let catalog = DemoLibrary.joined(to: Catalog.stored(in: database), installation: installation)
    let engine = TasteEngine(catalog: catalog, store: store)
    let listener = try await store.listener(named: user ?? Listener.default.name)
    let remembered = try await Remembered(store)

    let image = ImageSource(argument: source ?? "0")
    let path = PathOutput(image.argument)
    var result = OnceResult(
      source: path.text, sourceBytes: path.bytes, face: .init(found: false))
    result.policy = remembered.policy.rawValue
    // The catalogue is read while the eye looks.
    async let prepared: Void = engine.prepare(for: listener.id)
    let look = try await look(
      at: image, of: listener.id, store: store, identity: configuration.settings.identity)
    try await prepared
    look.fill(&result)
    if look.isFaceMissing {
      throw try finish(result, Failure(.noFace, "no face was found in \(image.argument)"))
    }
    if look.isStrangerRefused(by: configuration.settings.identity) {
      throw try finish(
        result, Failure(.stranger, "this face is not registered: emus user add NAME"))
    }
    let tracks = try await recommend(
      engine, catalog, listener: listener.id, mood: look.mood, policy: remembered.policy,
      into: &result)
    if tracks.isEmpty {
      throw try finish(result, Failure(.nothingToRecommend, "nothing to recommend"))
    }
    // From here on Ctrl-C ends the song, not the program.
    let playback = play ? OncePlayback(volume: remembered.volume) : nil
    try show(result, look)
    if let first = tracks.first { try await playback?.play(first) }
  }

  private func look(
    at image: ImageSource, of listener: ListenerID, store: Store, identity: Setting.Identity
  ) async throws -> OnceLook {
    guard image != .none else { return OnceLook.nothing }
    let gallery = identity == .off ? [] : try await store.gallery(FaceTemplate.currentRecogniser)
    let glimpses = try await EyeSession(classifier: classifier)
      .once(image, gallery: gallery)
    let settings = NetworkCard.moodSettings(
      Installation(), classifier, isDemo: image == .demo)
    let listeners = try await store.listeners()
    let read = { (settings: MoodSettings) in
      OnceLook(
        glimpses: glimpses, settings: settings, listeners: listeners,
        // The drawn face is nobody's and is never asked who it is, even where a registered face is
        // required: the demo shows the whole path on a machine without a camera.
        seeks: true, asksIdentity: identity != .off && image != .demo)
    }
    let uncorrected = read(settings)
    let name = listeners.first { $0.id == listener }?.name
    // One person's correction says nothing of another's face.
    if let recognised = uncorrected.person?.user, recognised != name { return uncorrected }
    // A correction is one of the network's answers.
    guard classifier == .network else { return uncorrected }
    let owner = CalibrationOwner(listener, isDemo: image == .demo)
    let corrected = await store.calibrations.corrected(settings, for: owner) {
      Failure.complain($0)
    }
    return corrected.map(read) ?? uncorrected
  }

  private func recommend(
    _ engine: TasteEngine, _ catalog: Catalog, listener: ListenerID, mood: Mood, policy: Policy,
    into result: inout OnceResult
  ) async throws -> [Track] {
    let clock = ContinuousClock()
    let start = clock.now
    let request = RecommendationRequest(
      purpose: .refill, mood: mood, policy: policy, excluding: [], count: Self.songs,
      listener: listener, time: Date().timeIntervalSince1970, seed: UInt64.random(in: 0...(.max)))
    let songs = try await engine.songs(for: request)
    result.timingMs.recommend = (clock.now - start) / .milliseconds(1)
    let tracks = try await catalog.tracks(songs.map(\.track))
    let known = Dictionary(tracks.map { ($0.id, $0) }) { first, _ in first }
    result.recommendations = songs.compactMap { song in
      known[song.track].map { track in
        let path = PathOutput(track.location.path)
        return OnceResult.Song(
          id: track.id.rawValue, title: track.displayTitle, artist: track.displayArtist,
          path: path.text, pathBytes: path.bytes, score: song.score,
          reasons: song.reasons.map(\.words))
      }
    }
    return tracks
  }

  /// Prints what was reached, for machines; people get the one line of the failure.
  private func finish(_ result: OnceResult, _ failure: Failure) throws -> Failure {
    if json { try JSONOutput.print(result) }
    return failure
  }

  private func show(_ result: OnceResult, _ look: OnceLook) throws {
    if json { return try JSONOutput.print(result) }
    if let sentence = look.sentence { print(sentence) }
    if let name = result.identity?.user { print("This is \(name).") }
    print("Songs for \(user ?? Listener.default.name):")
    for song in result.recommendations ?? [] {
      print(String(format: "%4.1f  ", song.score) + "\(song.title) · \(song.artist)")
      print("      \(song.reasons.joined(separator: "; "))")
    }
    try Failure.flush()
  }
}
