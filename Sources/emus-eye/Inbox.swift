import Dispatch
import Glibc
import Perception
import Synchronization

/// The requests that have come and were not taken yet.
///
/// A thread of its own reads the pipe, so that the end of the player is noticed even while a
/// dying camera holds the other thread: the process then ends on the spot.
final class Inbox: Sendable {
  private let requests = Mutex<[EyeRequest]>([])
  private let arrival = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "emus-eye.inbox")

  /// Starts reading; `broken` is called with the reason when the bytes make no sense.
  func read(from pipe: CInt, broken: @escaping @Sendable (EyeFramingError) -> Void) {
    queue.async { @Sendable [self] in
      var decoder = EyeFrameDecoder<EyeRequest>()
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = Glibc.read(pipe, &bytes, bytes.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { _exit(0) }
        decoder.append(bytes.prefix(count))
        do throws(EyeFramingError) {
          while let request = try decoder.next() { add(request) }
        } catch {
          broken(error)
        }
      }
    }
  }

  /// The oldest request that was not taken; nil when there is none.
  func take() -> EyeRequest? {
    requests.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }

  /// Waits until there is a request, at most for `pause`; nil waits for ever.
  func wait(_ pause: Duration?) {
    let deadline = pause.map { ContinuousClock.now + $0 }
    // A request that was taken before has left its signal behind.
    while requests.withLock(\.isEmpty) {
      guard let deadline else {
        arrival.wait()
        continue
      }
      let left = deadline - .now
      guard left > .zero, arrival.wait(timeout: .now() + left / .seconds(1)) == .success else {
        return
      }
    }
  }

  private func add(_ request: EyeRequest) {
    requests.withLock { $0.append(request) }
    arrival.signal()
  }
}
