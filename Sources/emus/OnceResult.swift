/// What `--once --json` prints; unreached parts are null, never absent.
struct OnceResult: Encodable {
  struct Face: Encodable {
    var found: Bool
    /// x, y, width, height in pixels.
    var box: [Int]?

    func encode(to encoder: any Encoder) throws {
      var keys = encoder.container(keyedBy: CodingKeys.self)
      try keys.encode(found, forKey: .found)
      try keys.encode(box, forKey: .box)
    }

    private enum CodingKeys: String, CodingKey { case found, box }
  }

  struct Identity: Encodable {
    var user: String?
    /// 0...1, higher is likelier.
    var score: Double
    /// From this score on the face is recognised.
    var threshold: Double

    /// Nobody is registered, or nobody is to be recognised: no score reaches the threshold.
    static let nobody = Identity(user: nil, score: 0, threshold: 1)

    func encode(to encoder: any Encoder) throws {
      var keys = encoder.container(keyedBy: CodingKeys.self)
      try keys.encode(user, forKey: .user)
      try keys.encode(score, forKey: .score)
      try keys.encode(threshold, forKey: .threshold)
    }

    private enum CodingKeys: String, CodingKey { case user, score, threshold }
  }

  struct Emotion: Encodable {
    var label: String
    var confidence: Double
    var probabilities: [String: Double]
    var unsure: String?

    func encode(to encoder: any Encoder) throws {
      var keys = encoder.container(keyedBy: CodingKeys.self)
      try keys.encode(label, forKey: .label)
      try keys.encode(confidence, forKey: .confidence)
      try keys.encode(probabilities, forKey: .probabilities)
      try keys.encode(unsure, forKey: .unsure)
    }

    private enum CodingKeys: String, CodingKey { case label, confidence, probabilities, unsure }
  }

  struct MoodValue: Encodable {
    var valence: Double
    var arousal: Double
    var certainty: Double
    var source: String
  }

  struct Song: Encodable {
    var id: Int64
    var title: String
    var artist: String
    var path: String
    /// Base64 of the path where it is not UTF-8; absent otherwise.
    var pathBytes: String?
    var score: Double
    var reasons: [String]
  }

  /// Milliseconds; nil for what was not reached.
  struct Timing: Encodable {
    var capture: Double?
    var detect: Double?
    var identify: Double?
    var classify: Double?
    var recommend: Double?

    func encode(to encoder: any Encoder) throws {
      var keys = encoder.container(keyedBy: CodingKeys.self)
      try keys.encode(capture, forKey: .capture)
      try keys.encode(detect, forKey: .detect)
      try keys.encode(identify, forKey: .identify)
      try keys.encode(classify, forKey: .classify)
      try keys.encode(recommend, forKey: .recommend)
    }

    private enum CodingKeys: String, CodingKey {
      case capture, detect, identify, classify, recommend
    }
  }

  var source: String
  var face: Face
  var identity: Identity?
  var emotion: Emotion?
  var mood: MoodValue?
  var policy = "match"
  var recommendations: [Song]?
  var timingMs = Timing()

  func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(source, forKey: .source)
    try keys.encode(face, forKey: .face)
    try keys.encode(identity, forKey: .identity)
    try keys.encode(emotion, forKey: .emotion)
    try keys.encode(mood, forKey: .mood)
    try keys.encode(policy, forKey: .policy)
    try keys.encode(recommendations, forKey: .recommendations)
    try keys.encode(timingMs, forKey: .timingMs)
  }

  private enum CodingKeys: String, CodingKey {
    case source, face, identity, emotion, mood, policy, recommendations, timingMs
  }
}
