import Dispatch
import Perception
import Synchronization

/// The way from any task to the thread on which the eye is kept. Requests wait here until the
/// thread takes them; sending never blocks, the first one starts the thread.
final class EyeThread: Sendable {
  private enum Phase { case idle, running(bell: Descriptor), leaving, over }

  private struct State {
    var phase = Phase.idle
    var requests: [EyeRequest] = []
    var stoppers: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let makeLoop: @Sendable () -> EyeLoop
  private let atEnd: @Sendable () -> Void

  /// `makeLoop` is called on the thread, `atEnd` after the eye has gone.
  init(makeLoop: @escaping @Sendable () -> EyeLoop, atEnd: @escaping @Sendable () -> Void) {
    self.makeLoop = makeLoop
    self.atEnd = atEnd
  }

  func send(_ request: EyeRequest) throws(EyeProcess.StartError) {
    try state.withLock { state throws(EyeProcess.StartError) in
      switch state.phase {
      case .leaving, .over: return
      case .running(let bell): ring(bell)
      case .idle:
        let (ours, theirs) = try Descriptor.pair()
        state.phase = .running(bell: ours)
        startThread(bell: theirs)
      }
      state.requests.append(request)
    }
  }

  /// Ends the eye and the thread; returns when both are gone. Later requests are ignored.
  func stop() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        switch state.phase {
        case .over: return true
        case .idle:
          state.phase = .over
          return true
        case .running(let bell):
          state.phase = .leaving
          ring(bell)
        case .leaving: break
        }
        state.stoppers.append(continuation)
        return false
      }
      guard isOver else { return }
      atEnd()
      continuation.resume()
    }
  }

  private func ring(_ bell: Descriptor) {
    // A bell that is full of rings rings already.
    _ = bell.send([1])
  }

  private func startThread(bell: Descriptor) {
    // A serial queue of its own gets a thread of its own, outside the cooperative pool.
    DispatchQueue(label: "emus.eye", qos: .userInitiated).async { @Sendable [self] in
      run(bell: bell)
    }
  }

  private func run(bell: Descriptor) {
    var loop = makeLoop()
    while let requests = nextRequests() {
      loop.turn(requests, bell: bell)
      while case .bytes = bell.receive(upTo: 64) {}
    }
    loop.leave()
    atEnd()
    let stoppers = state.withLock { state in
      state.phase = .over
      defer { state.stoppers = [] }
      return state.stoppers
    }
    for stopper in stoppers { stopper.resume() }
  }

  /// Nil when it is time to leave.
  private func nextRequests() -> [EyeRequest]? {
    state.withLock { state in
      guard case .running = state.phase else { return nil }
      defer { state.requests = [] }
      return state.requests
    }
  }
}
