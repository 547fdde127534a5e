import Perception
import VisionOpenCV

/// The command line of `emus-eye`, which only the player writes: which classifier reads the
/// emotions and where the trained files lie.
struct Arguments {
  static let usage = """
    usage: emus-eye [--classifier network] --weights FILE [--checksum SHA256] [--cascade FILE]
           emus-eye --classifier hog --weights FILE [--cascade FILE]
    """

  let installation: Installation

  /// Nil when the arguments are wrong.
  init?(_ arguments: [String]) {
    var classifier = ClassifierKind.network
    var weights: String?
    var checksum: Checksum?
    var cascade: String?
    var rest = arguments.dropFirst()
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch option {
      case "--classifier":
        guard let kind = ClassifierKind(rawValue: value) else { return nil }
        classifier = kind
      case "--weights": weights = value
      case "--checksum":
        checksum = Checksum(digits: value)
        guard checksum != nil else { return nil }
      case "--cascade": cascade = value
      default: return nil
      }
    }
    // The weights of HOG hold their own checksum.
    guard let weights, classifier == .network || checksum == nil else { return nil }
    installation = Installation(
      classifier: classifier, weights: weights, checksum: checksum,
      cascade: cascade ?? Installation.systemCascade)
  }
}
