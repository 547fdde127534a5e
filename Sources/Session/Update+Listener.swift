import Perception
import Screen
import Taste

/// Whose ears these are: recognised, chosen, registered. A change takes effect at the next song.
extension State {
  mutating func meet(_ all: [Listener]) -> [Effect] {
    listeners = all
    if let known = all.first(where: { $0.id == listener.id }) { listener = known }
    return []
  }

  /// What the face in front of the camera means for who listens.
  mutating func recognise(_ verdict: ListenerGate.Verdict) -> [Effect] {
    // A face that is being learnt is no match yet, and whose it is has just been said.
    guard settings.identity != .off, settings.source != .demo, enrolling == nil else { return [] }
    switch verdict {
    case .nobody:
      camera.lastPerson = nil
      return []
    case .matched(person: let person, score: _):
      if case .stranger = mode { mode = .normal }
      // Who chose a profile by hand keeps it until somebody else comes.
      guard camera.lastPerson != person else { return [] }
      camera.lastPerson = person
      guard let known = listeners.first(where: { $0.id.rawValue == person }),
        known.id != (nextListener ?? listener).id
      else { return [] }
      return offer(known)
    case .unknown(staying: let isStaying):
      camera.lastPerson = nil
      guard isStaying, asksWhoIsThere, camera.isQuestionOpen, mode == .normal else { return [] }
      camera.isQuestionOpen = false
      mode = .stranger
      return []
    }
  }

  mutating func switchListener(to name: String) -> [Effect] {
    if name == Listener.guest.name { return offer(.guest) }
    guard let known = listeners.first(where: { $0.name == name }) else {
      let names = listeners.map(\.name).joined(separator: ", ")
      return say("no listener '\(name)': there are \(names) and guest", .warning)
    }
    return offer(known)
  }

  private mutating func offer(_ next: Listener) -> [Effect] {
    guard next.id != (nextListener ?? listener).id else {
      return say("\(next.name) listens already")
    }
    nextListener = next
    let words = next.id == .guest ? "guest: nothing is kept" : "hello \(next.name)"
    guard playback.hasStarted else { return takeOverListener() + say(words, .good) }
    return say("\(words), from the next song on", .good)
  }

  /// The next song begins: the listener who waits takes over.
  mutating func takeOverListener() -> [Effect] {
    guard let next = nextListener else { return [] }
    nextListener = nil
    guard next.id != listener.id else { return [] }
    let left = endCalibration("calibration left: \(next.name) listens now", .warning)
    listener = next
    calibration = nil
    playback.rating = nil
    choice.mood = nil
    return left + [.open(next.id), .readCalibration(calibrationOwner)] + choose(.replace)
      + refreshPersonal()
  }

  mutating func answerStranger(_ key: Key) -> [Effect] {
    mode = .normal
    switch key {
    case .character("r"): return register(name: nil)
    case .character("l"): return restartCamera() + say("looking again")
    case .character("g"): return offer(.guest)
    case .escape: return []
    default:
      // The question came by itself: whatever else is pressed was meant for the player.
      let effects = pressInNormalMode(key)
      if mode == .normal { mode = .stranger }
      return effects
    }
  }

  mutating func register(name: String?) -> [Effect] {
    guard let source = settings.source, source != .demo else {
      return say("a face is registered in front of a camera: emus --source 0", .warning)
    }
    guard camera.isOn else {
      return say("a face is registered in front of a camera: x turns it on", .warning)
    }
    guard let name else {
      mode = .typing(TextEntry(purpose: .name))
      return []
    }
    guard !name.isEmpty else { return [] }
    guard let clean = ListenerName.clean(name) else {
      return say("a name has 1 to \(ListenerName.longest) characters", .warning)
    }
    guard !ListenerName.isReserved(clean) else {
      return say("\(clean) stands for people who are not kept: take another name", .warning)
    }
    enrolling = name
    return [.eye(.enrol(source, count: 12))]
      + say("look at the camera, turn your head a little: learning your face")
  }

  mutating func enrolled(_ template: FaceTemplate) -> [Effect] {
    guard let name = enrolling else { return [] }
    enrolling = nil
    return [.change(.add(name: name, template: template))] + (camera.isOn ? restartCamera() : [])
  }

  mutating func welcome(_ listener: Listener, after change: ListenerChange) -> [Effect] {
    guard case .add = change else { return [.listListeners, sendGallery] }
    listeners.removeAll { $0.id == listener.id }
    listeners.append(listener)
    return [.listListeners, sendGallery] + offer(listener)
  }
}
