import Foundation
import Perception

/// What `Weights/emotion.json` says of the network beside it.
struct NetworkCard: Decodable {
  var file: String
  var sha256: String
  /// Divides the logits before the softmax, fitted on validation data.
  var temperature: Double

  /// Reads the card in a folder of weights; nil where there is none or it cannot be read: the
  /// eye will then say what is wrong with the weights themselves.
  init?(folder: String?) {
    guard let folder, let data = FileManager.default.contents(atPath: folder + "/emotion.json"),
      let card = try? JSONDecoder().decode(NetworkCard.self, from: data),
      card.temperature.isFinite, card.temperature > 0
    else { return nil }
    self = card
  }

  /// How logits become a mood with this network.
  static func moodSettings(_ installation: Installation, isDemo: Bool) -> MoodSettings {
    var settings = MoodSettings()
    if let card = NetworkCard(folder: installation.weights) {
      settings.temperature = card.temperature
    }
    settings.source = isDemo ? .demo : .face
    return settings
  }
}
