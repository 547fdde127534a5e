import ArgumentParser
import Perception
import Taste

/// `emus evaluate faces`: how often emotions are read right, through the very path of the player.
struct EvaluateFacesCommand: AsyncParsableCommand, ReadsEmotions {
  static let configuration = CommandConfiguration(
    commandName: "faces", abstract: "How often the emotion of a face is read right.",
    discussion: """
      A face that is not found counts as read wrongly, and is left out of the calibration error. \
      The pixels of fer2013.csv are faces already. In a picture with several faces the largest \
      counts. With --user the faces are read with that listener's calibration, else as the network \
      reads them. The time a face is that of reading it; finding it takes many times as long, and \
      --cropped leaves that out where the pictures are faces already.
      """)

  @OptionGroup var shared: SharedOptions
  @OptionGroup var reading: ClassifierOption
  @OptionGroup var labelled: LabelledFacesOptions

  func run() async throws {
    try await Failure.reported {
      let installation = Installation()
      let progress = ProgressLine()
      defer { progress.end() }
      var faces = try LabelledFaces(path: labelled.data, usage: labelled.usage) { text in
        progress.end()
        Failure.complain(text)
      }
      let listening = try await ListenerReading(shared, reading.classifier, installation)
      var measured = FacesMeasurement(listening)
      try await EyeSession(classifier: reading.classifier).look {
        try faces.next().map { (item: $0, picture: EyePicture($0, labelled.cropped)) }
      } answer: { face, answer in
        switch answer {
        case .success(let look): measured.add(face.emotion, look)
        case .failure(let trouble): faces.omit(Omission(trouble.message, at: face.picture))
        }
        progress.show(faces.share, "\(measured.evaluation.count) faces")
      }
      progress.end()
      faces.omissions.summarise()
      measured.failed = faces.omissions.bad
      if measured.unanswered > 0 {
        Failure.complain("\(measured.unanswered) answers of the classifier are no numbers")
      }
      if shared.json { try JSONOutput.print(EvaluateFacesResult(measured)) }
      guard measured.evaluation.count > 0 else {
        throw Failure(.input, "\(labelled.data): none of its images can be read")
      }
      if !shared.json { print(EvaluateFacesTable(measured).text) }
    }
  }
}

extension EyePicture {
  init(_ face: LabelledFace, _ isCropped: Bool) {
    switch face.picture {
    case .gray(let picture): self = .gray(picture)
    case .file(let path): self = .file(path, isCropped: isCropped)
    }
  }
}

/// The answers to labelled faces as they come in.
struct FacesMeasurement {
  /// The listener whose calibration the faces are read with; nil where they are read without.
  let user: String?
  private let settings: MoodSettings
  private(set) var evaluation = EmotionEvaluation()
  /// Labelled rows and files that cannot be read; they are not among the faces.
  var failed: [Omission] = []
  /// From the crop to the probabilities, a value a face.
  private(set) var milliseconds: [Double] = []
  /// Faces at which the network said something that is no number; they count as not found.
  private(set) var unanswered = 0

  init(_ listening: ListenerReading) {
    settings = listening.own
    user = listening.own.calibration == nil ? nil : listening.listener?.name
  }

  mutating func add(_ label: Emotion, _ look: Look) {
    guard let face = look.faces.first else {
      evaluation.add(label, answer: nil)
      return
    }
    let clock = ContinuousClock()
    let start = clock.now
    let answer = settings.probabilities(of: look.glimpse(of: face))
    milliseconds.append(face.classify + (clock.now - start) / .milliseconds(1))
    if answer == nil { unanswered += 1 }
    evaluation.add(label, answer: answer)
  }
}
