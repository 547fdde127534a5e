import Foundation
import PlaybackMpv

extension PlaybackOptions {
  /// The output that `EMUS_AUDIO` names (`null`, `pulse`, `alsa`…): for machines where mpv's own
  /// choice is wrong, and for tests.
  static var environment: PlaybackOptions {
    let name = ProcessInfo.processInfo.environment["EMUS_AUDIO"] ?? ""
    return PlaybackOptions(audioOutput: name.isEmpty ? nil : name)
  }
}
