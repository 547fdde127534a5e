import Glibc
import Perception
import VisionOpenCV

/// The command line of `emus-eye`, which only the player writes: which classifier reads the
/// emotions and where the trained files lie.
struct Arguments {
  static let usage = """
    usage: emus-eye [--classifier network|hog] [--weights FILE [--checksum SHA256]] \
    [--cascade FILE]
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
    installation = Installation(
      classifier: classifier, weights: weights ?? Self.installed(classifier.weights),
      checksum: checksum,
      cascade: cascade ?? Installation.systemCascade)
  }

  /// Beside the installed program, or in the checkout it was built in.
  private static func installed(_ weights: String) -> String {
    let folders = executable().split(separator: "/").dropLast()
    let installed = "/" + (folders.dropLast() + ["share", "emus"]).joined(separator: "/")
    let checkouts = (1...4).map { "/" + folders.dropLast($0).joined(separator: "/") }
    let candidates = ([installed] + checkouts).map { $0 + "/Weights/" + weights }
    return candidates.first { access($0, R_OK) == 0 } ?? candidates[0]
  }

  private static func executable() -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &path, path.count)
    return String(decoding: path.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
