import Perception
import Screen
import Taste

/// Teaching the camera one listener's face: at rest, then whatever else they like to show.
extension State {
  var calibrationOwner: CalibrationOwner {
    CalibrationOwner(listener.id, isDemo: settings.source == .demo)
  }

  /// Tells whoever listens to the eye what is wanted of it now.
  var tellWishes: Effect {
    var (owner, gathers) = (calibrationOwner, false)
    if case .calibrating(let flow) = mode, flow.isRecording {
      (owner, gathers) = (flow.owner, true)
    }
    return .watch(
      SightWishes(listener: owner.expected, calibration: calibration, gathers: gathers))
  }

  /// Whose face is learnt: the one's who was announced, though the song that plays is another's.
  private var announced: Listener { nextListener ?? listener }

  mutating func calibrate(undoes: Bool) -> [Effect] {
    guard announced.id != .guest else {
      return say("nothing of a guest is kept: choose a listener with :user NAME", .warning)
    }
    let owner = CalibrationOwner(announced.id, isDemo: settings.source == .demo)
    if undoes { return [.undoCalibration(owner)] }
    guard let source = settings.source else { return sayNoCamera() }
    if camera.status == .off, !settings.looksAtStart {
      return say("no camera was found: plug one in, then x and c", .warning)
    }
    if let reason = camera.status.keepsFromCalibrating { return say(reason, .warning) }
    guard !network.isEmpty else {
      return say("a calibration corrects the emotion network, which does not read now", .warning)
    }
    isHelpShown = false
    message = nil
    calibrationNumber += 1
    mode = .calibrating(
      CalibrationFlow(owner: owner, from: source, number: calibrationNumber))
    return [tellWishes] + sendPreview()
  }

  /// Takes what a sight brought for the expression that is being shown.
  mutating func record(_ sight: Sight) -> [Effect] {
    guard case .calibrating(var flow) = mode, flow.isRecording else { return [] }
    flow.take(sight, adviceAbout: advice(about:))
    mode = .calibrating(flow)
    return flow.isRecording ? [] : [tellWishes]
  }

  private func advice(about person: Int64) -> String {
    let name = listeners.first { $0.id.rawValue == person }?.name ?? "somebody else"
    return "\(name)'s face: Esc, then :user \(name)"
  }

  mutating func press(_ key: Key, in old: CalibrationFlow) -> [Effect] {
    if key == .escape || key == .control("c") {
      return endCalibration("calibration left: nothing was changed")
    }
    let wanted = CalibrationFlow.keys.first { .character($0.key) == key }
    if wanted == nil, isCameraKey(key) { return turnCamera(on: false) }
    guard old.step == .choosing else { return [] }
    var flow = old
    if key == .enter {
      flow.learn()
      mode = .calibrating(flow)
      return [.calibrate(flow.samples, number: flow.number)]
    }
    guard let wanted, !flow.isPictureOver else { return [] }
    flow.record(wanted.emotion)
    mode = .calibrating(flow)
    return [tellWishes]
  }

  /// The key would turn the camera off outside of a calibration; in it, too, it has to.
  private func isCameraKey(_ key: Key) -> Bool {
    guard case .command(let text) = keymap.match([key], in: section) else { return false }
    return text == "camera toggle" || text == "camera off"
  }

  /// No more looks will come: what was shown before can still be learnt.
  mutating func endPictureOfCalibration() -> [Effect] {
    guard case .calibrating(var flow) = mode else { return [] }
    guard flow.endPicture() else {
      return endCalibration("calibration left: the picture has ended", .warning)
    }
    mode = .calibrating(flow)
    return [tellWishes]
  }

  /// Leaves the calibration; what was in force stays in force.
  mutating func endCalibration(_ words: String?, _ tone: Message.Tone = .plain) -> [Effect] {
    guard case .calibrating = mode else { return [] }
    mode = .normal
    return [tellWishes] + (words.map { say($0, tone) } ?? [])
  }

  /// A correction was read from the store; one of another network is not used.
  mutating func useCalibration(
    _ stored: EmotionCalibration?, of owner: CalibrationOwner
  ) -> [Effect] {
    guard owner == calibrationOwner else { return [] }
    let isForeign = !network.isEmpty && stored.map { $0.network != network } ?? false
    calibration = isForeign || network.isEmpty ? nil : stored
    let words = "your calibration was made with another emotion network: c makes a new one"
    return [tellWishes] + (isForeign ? say(words, .warning) : [])
  }

  /// What the store holds cannot be read: it stays there, and nothing is corrected.
  mutating func refuseCalibration(of owner: CalibrationOwner) -> [Effect] {
    guard owner == calibrationOwner else { return [] }
    return useCalibration(nil, of: owner)
      + say("your calibration is damaged: c makes a new one, :calibrate undo drops it", .warning)
  }

  /// What this calibration has recorded is being learnt, and nobody has left it.
  func isLearning(_ number: Int) -> Bool {
    guard case .calibrating(let flow) = mode else { return false }
    return flow.step == .learning && flow.number == number
  }

  /// The fit has ended. That of a calibration that was left meanwhile changes nothing.
  mutating func finishCalibration(_ outcome: CalibrationOutcome, _ number: Int) -> [Effect] {
    guard isLearning(number), case .calibrating(let flow) = mode else { return [] }
    let effects = endCalibration(nil)
    if let refusal = outcome.refusal { return effects + say(refusal.words, .warning) }
    guard outcome.calibration != nil else {
      return effects
        + say("nothing was changed: your face is read as well without a correction", .good)
    }
    return effects + [.keepCalibration(flow.owner, outcome)]
  }

  /// What was learnt is stored, and in force from now on.
  mutating func keep(_ outcome: CalibrationOutcome, of owner: CalibrationOwner) -> [Effect] {
    var effects: [Effect] = []
    if owner == calibrationOwner, let found = outcome.calibration {
      calibration = found
      effects = [tellWishes]
    }
    return effects + say(outcome.words + "; :calibrate undo", .good)
  }

  mutating func undid(
    _ wasThere: Bool, _ stored: EmotionCalibration?, of owner: CalibrationOwner
  ) -> [Effect] {
    guard wasThere else { return say("there is no calibration to undo") }
    let effects = useCalibration(stored, of: owner)
    // That one is of another network, which was said.
    guard stored == nil || calibration != nil || owner != calibrationOwner else { return effects }
    let words = stored == nil ? "your calibration is gone" : "back to the calibration before"
    return effects + say(words, .good)
  }
}

extension CalibrationOutcome {
  /// What was learnt, for people: how often the judging looks were read right. With what undoes it
  /// behind, it fits into a line of 78.
  package var words: String {
    let shown =
      expressions.count > 2
      ? "\(expressions.count) expressions" : expressions.map(\.rawValue).joined(separator: ", ")
    let (now, then) = (Percent.text(after.right), Percent.text(before.right))
    let change = now == then ? "surer, \(now) right as before" : "\(now) right, before \(then)"
    return "calibrated on \(shown): \(change)"
  }
}

extension Camera.Status {
  /// Why no face can be learnt just now, and what to do; nil where one can.
  fileprivate var keepsFromCalibrating: String? {
    switch self {
    case .looking: nil
    case .off: "your face is learnt in front of a camera: x turns it on"
    case .starting: "the camera is being opened: c once it shows your face"
    case .ended: "the picture has ended: x starts it again, then c"
    case .trouble(let trouble): trouble.message
    }
  }
}

extension CalibrationRefusal {
  /// Why nothing was learnt and what to do, in a line of 78.
  fileprivate var words: String {
    switch self {
    case .notAtRest(let emotion):
      "your face looks \(emotion.adjective): relax it and press c again (nothing was learnt)"
    case .stillWrong:
      "still read wrongly after learning: hold still, in more light (nothing kept)"
    }
  }
}
