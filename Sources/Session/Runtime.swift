import Music
import Perception
import Screen
import Taste

/// The one loop: an inbox with a single consumer, on the main actor.
///
/// Sources are children of one task group and put letters into the inbox; the consumer updates the
/// state, has the effects done and draws at the next frame slot, only where something changed.
/// Idle, nothing wakes it.
@MainActor
package final class Runtime<Time: Clock> where Time.Duration == Duration {
  /// What lies in the inbox.
  private enum Letter: Sendable {
    case event(Event)
    /// The newest picture of the face: past the state, its pane alone changes.
    case preview(Preview)
    case frame
  }

  /// At most so often is the screen drawn.
  private static var frameInterval: Duration { .milliseconds(33) }

  package private(set) var state: State
  private let ports: Ports
  private let clock: Time
  private let interpreter: Interpreter
  private let sight = SightControl()
  private let inbox: AsyncStream<Letter>
  private let letters: AsyncStream<Letter>.Continuation

  private var preview: Preview?
  private var drawn: (state: State, preview: Preview?)?
  private var isFramePending = false
  private var lastFrame: Time.Instant?

  package init(state: State, ports: Ports, clock: Time) {
    self.state = state
    self.state.network = ports.moodSettings.network
    self.ports = ports
    self.clock = clock
    (inbox, letters) = AsyncStream.makeStream(of: Letter.self)
    let letters = letters
    interpreter = Interpreter(ports: ports, sight: sight) { letters.yield(.event($0)) }
  }

  /// Runs until the listener leaves; the terminal must be open, and is closed at the end.
  package func run() async {
    draw()
    letters.yield(.event(.painted))
    let interpreter = interpreter
    // Not a child of the group: leaving cancels the children, but never a write.
    let writer = Task { await interpreter.writeInOrder() }
    await withDiscardingTaskGroup { group in
      listen(in: &group)
      for await letter in inbox {
        guard take(letter, in: &group) else { break }
      }
      group.cancelAll()
      interpreter.closeWrites()
      await writer.value
    }
    ports.terminal.close()
    await letGo()
  }

  /// Ends sound and camera, at most two seconds long: foreign code that hangs must not keep a
  /// listener who wants to leave.
  private func letGo() async {
    let ports = ports
    let clock = clock
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    let stops = Task {
      async let player: Void = ports.player.stop()
      async let watcher: Void = ports.watcher.stop()
      _ = await (player, watcher)
      end.yield()
    }
    let limit = Task {
      guard (try? await clock.sleep(for: .seconds(2))) != nil else { return }
      end.yield()
    }
    for await _ in ends { break }
    limit.cancel()
    stops.cancel()
  }

  private func listen(in group: inout DiscardingTaskGroup) {
    let ports = ports
    let letters = letters
    let control = sight
    group.addTask {
      for await event in ports.terminal.events() {
        switch event {
        case .key(let key): letters.yield(.event(.key(key)))
        case .resized(let size): letters.yield(.event(.resized(size)))
        case .hangup: letters.yield(.event(.hangup))
        }
      }
    }
    group.addTask {
      for await event in ports.player.events() { letters.yield(.event(.player(event))) }
    }
    group.addTask {
      for await event in ports.folders.events() { letters.yield(.event(event)) }
    }
    group.addTask {
      for await preview in ports.watcher.previews() { letters.yield(.preview(preview)) }
    }
    group.addTask {
      var tracker = SightTracker(settings: ports.moodSettings)
      for await reply in ports.watcher.replies() {
        guard case .glimpse(let glimpse) = reply else {
          if case .opened = reply { tracker = SightTracker(settings: ports.moodSettings) }
          letters.yield(.event(.eye(reply)))
          continue
        }
        let sight = tracker.observe(glimpse, wishes: control.wishes)
        if let sight { letters.yield(.event(.sight(sight))) }
      }
    }
  }

  /// Handles one letter; false where it was the last.
  private func take(_ letter: Letter, in group: inout DiscardingTaskGroup) -> Bool {
    switch letter {
    case .frame:
      isFramePending = false
      draw()
      return true
    case .preview(let preview): self.preview = preview
    case .event(let event):
      let effects = update(&state, event, at: ports.date())
      for effect in effects {
        if effect == .quit { return false }
        perform(effect, in: &group)
      }
    }
    requestFrame(in: &group)
    return true
  }

  private func perform(_ effect: Effect, in group: inout DiscardingTaskGroup) {
    let letters = letters
    switch effect {
    case .redraw:
      ports.terminal.forget()
      drawn = nil
    case .wake(let timer, let seconds):
      let clock = clock
      group.addTask {
        // Cancelled sleep means that the program ends: then nobody waits for the timer.
        guard (try? await clock.sleep(for: .seconds(seconds))) != nil else { return }
        letters.yield(.event(.timer(timer)))
      }
    default: interpreter.perform(effect, in: &group)
    }
  }

  private func requestFrame(in group: inout DiscardingTaskGroup) {
    guard !isFramePending, drawn == nil || drawn?.preview != preview || drawn?.state != state
    else { return }
    isFramePending = true
    let now = clock.now
    let due = lastFrame?.advanced(by: Self.frameInterval)
    let letters = letters
    guard let due, due > now else {
      letters.yield(.frame)
      return
    }
    let clock = clock
    group.addTask {
      guard (try? await clock.sleep(until: due, tolerance: nil)) != nil else { return }
      letters.yield(.frame)
    }
  }

  private func draw() {
    lastFrame = clock.now
    if Layout.preview(state) == nil || !state.camera.isOn { preview = nil }
    ports.terminal.draw(view(state, preview: preview))
    drawn = (state, preview)
  }
}
