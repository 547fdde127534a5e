import Perception
import Screen

/// The camera: on, off, trouble, and what it sees.
extension State {
  /// Frames a second that a face needs; more only warms the machine.
  static let cameraRate = 15.0
  private static let offWords = "camera off"

  mutating func turnCamera(on: Bool) -> [Effect] {
    guard on else {
      enrolling = nil
      camera = Camera()
      let ended = endCalibration(nil)
      let words = Self.offWords + (ended.isEmpty ? "" : "; calibration left: nothing was changed")
      return ended + [.eye(.close)] + say(words)
    }
    guard let source = settings.source else {
      return sayNoCamera()
    }
    camera.status = .starting
    // What was said a moment ago is no longer so.
    if message?.text.hasPrefix(Self.offWords) == true { message = nil }
    return [
      sendGallery, .readCalibration(calibrationOwner),
      .eye(.open(source, rate: Self.cameraRate)),
    ] + sendPreview()
  }

  /// Without a source there is nothing that a key could turn on.
  mutating func sayNoCamera() -> [Effect] { say("no camera is set: set camera 0", .warning) }

  /// Who is registered, where faces are recognised at all; the drawn face is nobody.
  var sendGallery: Effect {
    .sendGallery(isWanted: settings.identity != .off && settings.source != .demo)
  }

  mutating func restartCamera() -> [Effect] {
    enrolling = nil
    camera = Camera()
    guard settings.source != nil else { return [.eye(.close)] }
    return turnCamera(on: true)
  }

  /// Tells the eye how large a preview the screen has room for.
  mutating func sendPreview() -> [Effect] {
    guard camera.isOn else { return [] }
    guard let pane = Layout.preview(self), !pane.isEmpty else { return [.eye(.preview(nil))] }
    return [
      .eye(
        .preview(
          PreviewFormat(
            columns: pane.width, rows: pane.height, glyphs: settings.preview,
            colour: settings.theme != "monochrome" && theme.name != Theme.plain.name)))
    ]
  }

  mutating func hear(_ reply: EyeReply) -> [Effect] {
    switch reply {
    case .opened(let description, _, _, _):
      guard camera.isOn else { return [.eye(.close)] }
      // There is a camera now, whatever was found at the start.
      settings.looksAtStart = true
      camera.status = .looking(description: description)
      return []
    case .trouble(let trouble):
      if enrolling != nil {
        enrolling = nil
        return say(trouble.message, .warning) + (camera.isOn ? restartCamera() : [])
      }
      guard camera.isOn else { return [] }
      camera.status = .trouble(trouble)
      camera.sight = Sight()
      return endCalibration("calibration left: the camera cannot look", .warning)
    case .ended:
      if camera.isOn, enrolling == nil { camera.status = .ended }
      // There will be no longer one.
      camera.sight.isFirstLook = false
      return endPictureOfCalibration()
    case .enrolled(let template, _): return enrolled(template)
    // The watcher keeps `begun` to itself; the player asks for no single pictures and trains nothing.
    case .begun, .glimpse, .preview, .looked, .refused, .trained, .training: return []
    }
  }

  mutating func see(_ sight: Sight) -> [Effect] {
    guard camera.isOn else { return [] }
    camera.sight = sight
    camera.sight.looks = []
    if sight.mood.source != .none {
      camera.sight.mood.source = settings.source == .demo ? .demo : .face
    }
    if case .looking = camera.status {
    } else if camera.status != .ended {
      camera.status = .looking(description: "")
    }
    if sight.asks { camera.isQuestionOpen = true }
    // What is shown on purpose is not how the listener feels.
    if case .calibrating = mode { return record(sight) + recognise(sight.verdict) }
    return recognise(sight.verdict) + followMood()
  }
}

extension Camera {
  /// The person in front is a registered listener.
  var isRecognised: Bool {
    sight.verdict.isMatch
  }
}
