import Foundation
import Perception

/// What `Weights/emotion.json` says of the network beside it.
///
/// Weights without a card that vouches for them are not used: the temperature of other weights
/// would make every certainty wrong, and a file that was copied by half would read nonsense.
struct NetworkCard: Decodable {
  /// Divides the logits before the softmax, fitted on validation data.
  var temperature: Double
  /// Of `emotion.onnx`, as 64 hexadecimal digits; the eye compares it before it looks.
  var sha256: String
  /// Which emotion each logit is of, in their order.
  var classes: [String]

  /// Reads the card in a folder of weights; throws a failure that names the file.
  init(folder: String) throws {
    let path = folder + "/emotion.json"
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      self = try JSONDecoder().decode(NetworkCard.self, from: data)
    } catch is DecodingError {
      throw Failure(.unavailable, "\(path): not a network's card, install EMUS again")
    } catch {
      throw Failure(.unavailable, "\(path): cannot be read, install EMUS again")
    }
    guard temperature.isFinite, temperature > 0 else {
      throw Failure(.unavailable, "\(path): the temperature is not above 0")
    }
    guard sha256.utf8.count == 64, sha256.allSatisfy(\.isHexDigit) else {
      throw Failure(.unavailable, "\(path): no sha256 of the network, install EMUS again")
    }
    let known = Emotion.allCases.map(\.rawValue)
    guard classes == known else {
      throw Failure(
        .unavailable,
        "\(path): its classes are not \(known.joined(separator: ", ")) in this order: install EMUS again"
      )
    }
  }

  /// How the logits of a classifier become a mood: those of the network need the temperature of its
  /// card, those of HOG have been divided by theirs. Without a usable card there are no logits: the
  /// eye is not even started, which says why (`EyeSession.watcher`).
  static func moodSettings(
    _ installation: Installation, _ classifier: ClassifierKind, isDemo: Bool
  ) -> MoodSettings {
    var settings = MoodSettings()
    if classifier == .network, let card = try? installation.weights.map(NetworkCard.init(folder:)) {
      settings.temperature = card.temperature
      settings.network = card.sha256
    }
    settings.source = isDemo ? .demo : .face
    return settings
  }
}
