import Foundation
import Perception

/// What `Weights/emotion.json` says of the network beside it.
struct NetworkCard: Decodable {
  /// Divides the logits before the softmax, fitted on validation data.
  var temperature: Double

  /// Reads the card in a folder of weights; throws a failure that names the file.
  init(folder: String) throws {
    let path = folder + "/emotion.json"
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      self = try JSONDecoder().decode(NetworkCard.self, from: data)
    } catch is DecodingError {
      throw Failure(.unavailable, "\(path): not a network's card, build again: make build")
    } catch {
      throw Failure(.unavailable, "\(path): cannot be read, build again: make build")
    }
    guard temperature.isFinite, temperature > 0 else {
      throw Failure(.unavailable, "\(path): the temperature is not above 0")
    }
  }

  /// How logits become a mood with this network; without a usable card the moods are less sure,
  /// which `complain` is told. By default that is stderr, which is the log while the player runs.
  static func moodSettings(
    _ installation: Installation, isDemo: Bool,
    complain: (String) -> Void = { Failure.complain($0) }
  ) -> MoodSettings {
    var settings = MoodSettings()
    // Where there are no weights at all, the eye says so.
    if let folder = installation.weights {
      do {
        settings.temperature = try NetworkCard(folder: folder).temperature
      } catch {
        complain("\(error); the network's answers are taken as they are")
      }
    }
    settings.source = isDemo ? .demo : .face
    return settings
  }
}
