/// What `--once --json` prints; unreached parts are null, never absent.
struct OnceResult: Encodable {
  struct Face: Encodable {
    var found: Bool
    /// x, y, width, height in pixels.
    @OrNull var box: [Int]?
  }

  struct Identity: Encodable {
    @OrNull var user: String?
    /// 0...1, higher is likelier.
    var score: Double
    /// From this score on the face is recognised.
    var threshold: Double

    /// Nobody is registered, or nobody is to be recognised: no score reaches the threshold.
    static let nobody = Identity(user: nil, score: 0, threshold: 1)
  }

  struct Emotion: Encodable {
    var label: String
    var confidence: Double
    var probabilities: [String: Double]
    @OrNull var unsure: String?
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
    @OrNull var capture: Double? = nil
    @OrNull var detect: Double? = nil
    @OrNull var identify: Double? = nil
    @OrNull var classify: Double? = nil
    @OrNull var recommend: Double? = nil
  }

  var source: String
  /// Base64 of a source that is a path and not UTF-8; absent otherwise.
  var sourceBytes: String?
  var face: Face
  @OrNull var identity: Identity? = nil
  @OrNull var emotion: Emotion? = nil
  @OrNull var mood: MoodValue? = nil
  var policy = "match"
  @OrNull var recommendations: [Song]? = nil
  var timingMs = Timing()
}
