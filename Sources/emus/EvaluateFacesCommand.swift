import ArgumentParser
import Perception

/// `emus evaluate faces`: how often emotions are read right, through the very path of the player.
struct EvaluateFacesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faces", abstract: "How often the emotion of a face is read right.",
    discussion: """
      A face that is not found counts as read wrongly, and is left out of the calibration error. \
      The pixels of fer2013.csv are faces already. In a picture with several faces the largest \
      counts.
      """)

  @OptionGroup var shared: SharedOptions
  @OptionGroup var reading: ClassifierOption
  @OptionGroup var labelled: LabelledFacesOptions

  func run() async throws {
    try await Failure.reported {
      let home = try Home(shared.home)
      let installation = Installation()
      let progress = ProgressLine()
      defer { progress.end() }
      var faces = try LabelledFaces(path: labelled.data, usage: labelled.usage) { text in
        progress.end()
        Failure.complain(text)
      }
      let settings = NetworkCard.moodSettings(installation, reading.classifier, isDemo: false)
      var measured = FacesMeasurement(temperature: settings.temperature)
      try await EyeSession(home: home, classifier: reading.classifier).look {
        try faces.next().map { (item: $0.emotion, picture: EyePicture($0, labelled.cropped)) }
      } answer: { emotion, answer in
        switch answer {
        case .success(let look): measured.add(emotion, look)
        case .failure(let trouble): faces.omit(because: trouble.message)
        }
        progress.show(faces.share, "\(measured.evaluation.count) faces")
      }
      progress.end()
      faces.omissions.summarise()
      guard measured.evaluation.count > 0 else {
        throw Failure(.input, "\(labelled.data): none of its images can be read")
      }
      if measured.unanswered > 0 {
        Failure.complain("\(measured.unanswered) answers of the classifier are no numbers")
      }
      if shared.json {
        try JSONOutput.print(EvaluateFacesResult(measured))
      } else {
        print(EvaluateFacesTable(measured).text)
      }
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
  let temperature: Double
  private(set) var evaluation = EmotionEvaluation()
  /// From the crop to the probabilities, a value a face.
  private(set) var milliseconds: [Double] = []
  /// Faces at which the network said something that is no number; they count as not found.
  private(set) var unanswered = 0

  init(temperature: Double) { self.temperature = temperature }

  mutating func add(_ label: Emotion, _ look: Look) {
    guard let face = look.faces.first else {
      evaluation.add(label, answer: nil)
      return
    }
    let clock = ContinuousClock()
    let start = clock.now
    let answer = face.logits.flatMap {
      EmotionProbabilities(logits: $0, temperature: temperature)
    }
    milliseconds.append(face.classify + (clock.now - start) / .milliseconds(1))
    if answer == nil { unanswered += 1 }
    evaluation.add(label, answer: answer)
  }
}
