import Music
import Taste

/// What the program remembers from one run to the next: volume, policy, the song and its place.
extension State {
  var memory: [String: String] {
    var memory = ["volume": String(playback.volume), "policy": policy.rawValue]
    guard isRemembering else { return memory }
    let entry = queue.current ?? queue.next
    memory["resume.track"] = entry.map { String($0.track.rawValue) } ?? ""
    memory["resume.position"] = String(queue.current == nil ? 0 : playback.position)
    if case .recommended(let score)? = entry?.origin {
      memory["resume.score"] = String(score)
    } else {
      memory["resume.score"] = ""
    }
    return memory
  }

  mutating func recall(_ memory: [String: String]) -> [Effect] {
    var effects: [Effect] = []
    if let volume = memory["volume"].flatMap({ Int($0) }), (0...100).contains(volume) {
      playback.volume = volume
    }
    effects.append(.player(.volume(playback.volume)))
    if let remembered = memory["policy"].flatMap(Policy.init(rawValue:)) { policy = remembered }
    return effects + resume(memory)
  }

  /// Puts the song of the last time at the head of the queue, to go on when Space is pressed.
  private mutating func resume(_ memory: [String: String]) -> [Effect] {
    guard let number = memory["resume.track"].flatMap({ Int64($0) }),
      let position = memory["resume.position"].flatMap({ Double($0) }),
      position.isFinite, position > 1, queue.isEmpty
    else { return [] }
    let score = memory["resume.score"].flatMap { Double($0) }
    let origin = score.map { Queue.Origin.recommended(score: $0) } ?? .listener
    // Played next and waiting, not upcoming: a change of mood would replace it.
    let entry = queue.insertNext(
      Queue.Pick(track: TrackID(number), origin: origin, reasons: ["where you left"]))
    queue.advance()
    playback.resume = Resume(id: entry.id, seconds: position)
    playback.position = position
    playback.waitsForSpace = true
    return say("Space goes on where you left")
  }
}
