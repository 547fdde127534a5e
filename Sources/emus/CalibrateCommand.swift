import ArgumentParser
import LibraryFiles
import Perception
import Session
import StoreSQLite
import Taste

/// `emus calibrate`: learns a listener's face at rest, and other expressions where their images
/// are named, without a screen. The player's `c` does the same.
struct CalibrateCommand: AsyncParsableCommand, LooksAtFaces, ReadsEmotions {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Learn a listener's face at rest, so that it is not taken for an angry one.",
    discussion: """
      Looks for three seconds and keeps a few numbers, never a picture. Nothing is changed where \
      the correction does not read later frames better, where the face at rest is not at rest, and \
      where it would still be read wrongly. Of image files, or folders of them, at \
      least six different pictures of each expression are needed: some teach, others judge.
      """)

  @OptionGroup var shared: SharedOptions
  @OptionGroup var looking: SourceOption
  @OptionGroup(visibility: .hidden) var reading: ClassifierOption

  @Option(
    help: ArgumentHelp(
      "Another expression and where it is shown, such as happy=0 or sad=FOLDER; may be repeated.",
      valueName: "emotion=source"))
  var also: [String] = []

  @Flag(help: "Go back to the calibration before, or to none.")
  var undo = false

  func validate() throws {
    if undo, !also.isEmpty { throw ValidationError("--undo learns nothing: leave --also out") }
    if undo, looking.source != nil, named != .demo {
      throw ValidationError(
        "--undo looks at nothing: leave --source out (or --source demo: of the drawn face)")
    }
    guard reading.classifier == .network else {
      throw ValidationError("a calibration corrects the network: leave --classifier out")
    }
    for text in also {
      guard let (emotion, _) = Self.pair(text), emotion != .neutral else {
        let names = Emotion.allCases.filter { $0 != .neutral }.map(\.rawValue)
        throw ValidationError(
          "--also takes an emotion and a source, such as happy=0: \(names.joined(separator: ", "))")
      }
    }
    let others = also.compactMap(Self.pair).map(\.source)
    guard named != .demo || others.isEmpty else {
      throw ValidationError("the drawn face shows what it likes: leave --also out")
    }
    guard !others.contains(.demo) else {
      throw ValidationError("the drawn face and a listener's are not learnt together")
    }
  }

  func run() async throws {
    try await Failure.reported {
      let home = try Home(shared.home)
      try home.make()
      let store = Store.live(try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase))
      let listener = try await store.listener(named: shared.user ?? Listener.default.name)
      guard listener.id != .guest else {
        throw Failure(.usage, "nothing of a guest is kept: name a listener with --user")
      }
      let owner = CalibrationOwner(listener.id, isDemo: named == .demo)
      if undo { return try await undo(owner, listener, store) }
      let eye = EyeSession()
      let configuration = ConfigurationFile(home: home, installation: eye.installation)
      for problem in configuration.problems { Failure.complain(problem) }
      let rest = named ?? configuration.camera
      guard rest != .none else { throw Failure(.usage, "a face needs a source of images") }
      let known = try await KnownFaces(store, identity: configuration.settings.identity)
      try await learn(from: rest, owner, listener, store, known, eye)
    }
  }

  private func learn(
    from rest: ImageSource, _ owner: CalibrationOwner, _ listener: Listener, _ store: Store,
    _ known: KnownFaces,
    _ eye: EyeSession
  ) async throws {
    let settings = NetworkCard.moodSettings(eye.installation, eye.classifier, isDemo: owner.isDemo)
    let samples = try await samples(from: rest, owner, known, eye, settings)
    let outcome: CalibrationOutcome
    do {
      outcome = try CalibrationFit.run(samples, network: settings.network)
    } catch {
      throw Failure(.noFace, "\(error)")
    }
    let seen = Set(samples.map(\.expression))
    for emotion in Emotion.allCases where seen.contains(emotion) {
      guard !outcome.expressions.contains(emotion) else { continue }
      Failure.complain("\(emotion.rawValue) was not learnt: too few clear looks that differ")
    }
    if let found = outcome.calibration { try await store.calibrations.save(found, owner) }
    let face = owner.face(of: listener)
    let refusal = outcome.refusal.map { $0.words(of: face, at: rest, seen.count == 1) }
    if shared.json {
      try JSONOutput.print(CalibrationResult(outcome, of: listener, isDemo: owner.isDemo, refusal))
    }
    if let refusal { throw Failure(.failed, refusal) }
    guard !shared.json else { return }
    guard outcome.calibration != nil else {
      return print("Nothing was changed: \(face) is read as well without.")
    }
    let whose =
      (shared.user.map { " " + Arguments.user($0) } ?? "")
      + (shared.home.map { " " + Arguments.option("--home", $0) } ?? "")
    let (who, drawn) = (owner.name(of: listener), owner.isDemo ? " --source demo" : "")
    print("\(who) is \(outcome.words). emus calibrate\(drawn) --undo\(whose) takes it back.")
  }

  /// Clear looks at every expression that is shown.
  private func samples(
    from rest: ImageSource, _ owner: CalibrationOwner, _ known: KnownFaces, _ eye: EyeSession,
    _ settings: MoodSettings
  ) async throws -> [CalibrationSample] {
    let shown = [(emotion: Emotion.neutral, source: rest)] + also.compactMap(Self.pair)
    let files = try shown.map { try PictureFiles.of($0.source) }
    let all = files.compactMap(\.self).flatMap(\.self)
    let films = shown.compactMap { PictureFiles.isFilm($0.source) ? $0.source.argument : nil }
    let places = Set((all + films).map { Place.names(of: FileName.bytes(of: $0)).last })
    guard places.count == all.count + films.count else {
      throw Failure(.usage, "a picture or a film shows one expression: name each source once")
    }
    var pictures = try await CalibrationPictures(all, eye, known, owner, settings)
    var samples: [CalibrationSample] = []
    for (lesson, files) in zip(shown, files) {
      let (source, emotion) = (lesson.source, lesson.emotion)
      if let files {
        samples += try await pictures.looks(at: files, of: source, showing: emotion)
      } else {
        samples += try await eye.looks(at: source, showing: emotion, owner, settings, known)
      }
    }
    if let warning = pictures.warning { Failure.complain(warning) }
    return samples
  }

  private func undo(
    _ owner: CalibrationOwner, _ listener: Listener, _ store: Store
  ) async throws {
    let undone = try await store.calibrations.undo(owner)
    if shared.json {
      try JSONOutput.print(
        CalibrationUndoResult(user: listener.name, isDemo: owner.isDemo, undone: undone))
    } else {
      let who = owner.name(of: listener)
      print(
        undone ? "\(who)'s last calibration is gone." : "\(who) has no calibration to undo.")
    }
  }

  /// Where the face at rest is, if that was said; else before the camera that the player uses.
  private var named: ImageSource? { looking.source.map(ImageSource.init(argument:)) }

  /// `happy=0` as an expression and where it is shown.
  private static func pair(_ text: String) -> (emotion: Emotion, source: ImageSource)? {
    guard let split = text.firstIndex(of: "="),
      let emotion = Emotion(rawValue: String(text[..<split]))
    else { return nil }
    let source = String(text[text.index(after: split)...])
    return source.isEmpty || source == "none" ? nil : (emotion, ImageSource(argument: source))
  }
}

extension CalibrationRefusal {
  /// Why nothing was learnt and what to do, in one line.
  fileprivate func words(
    of face: String, at source: ImageSource, _ isAtRestAlone: Bool
  ) -> String {
    switch self {
    case .notAtRest(let emotion):
      "\(face) looks \(emotion.adjective) in source "
        + "\(FileName.shown(source.argument)): relax it, or name pictures of it at rest; nothing was changed"
    case .stillWrong:
      "\(face) would still be read wrongly: "
        + (isAtRestAlone ? "keep it at rest" : "hold each expression")
        + ", in more light; nothing was changed"
    }
  }
}

extension CalibrationOwner {
  /// Whose calibration it is, and of which face, for people.
  fileprivate func name(of listener: Listener) -> String {
    isDemo ? Self.drawn : listener.name
  }

  fileprivate func face(of listener: Listener) -> String {
    isDemo ? Self.drawn : "\(listener.name)'s face"
  }

  private static let drawn = "the drawn face"
}

/// What a calibration came to, as JSON; the losses and shares are of the frames that judged.
struct CalibrationResult: Encodable {
  struct Change: Encodable {
    var before: Double
    var after: Double
  }

  var user: String
  /// Of the drawn face, which is calibrated apart.
  var isDemo: Bool
  var changed: Bool
  var expressions: [String]
  var frames: Int
  var logLoss: Change
  var right: Change
  /// Why it may not be learnt; null where nothing speaks against it.
  @OrNull var refused: String?

  init(
    _ outcome: CalibrationOutcome, of listener: Listener, isDemo: Bool, _ refusal: String?
  ) {
    refused = refusal
    self.isDemo = isDemo
    user = listener.name
    changed = outcome.calibration != nil
    expressions = outcome.expressions.map(\.rawValue)
    frames = outcome.frames
    logLoss = Change(before: outcome.before.loss, after: outcome.after.loss)
    right = Change(before: outcome.before.right, after: outcome.after.right)
  }
}

struct CalibrationUndoResult: Encodable {
  var user: String
  /// Of the drawn face, which is calibrated apart.
  var isDemo: Bool
  var undone: Bool
}
