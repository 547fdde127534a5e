import Synchronization

/// A bounded row of elements between the eye's thread and whoever reads them as a stream.
///
/// Depositing never blocks. When it is full the oldest element that may be dropped goes, or,
/// among elements that may not, the oldest of all (an eye gone mad must not fill the memory).
/// What comes before the first reader is kept for it; several readers share the elements.
final class Mailbox<Element: Sendable>: Sendable {
  private struct State {
    var elements: [Element] = []
    var waiting: [(reader: UInt64, continuation: CheckedContinuation<Element?, Never>)] = []
    var nextReader: UInt64 = 0
    var isFinished = false
  }

  private let state = Mutex(State())
  private let limit: Int
  private let mayDrop: @Sendable (Element) -> Bool

  init(limit: Int, mayDrop: @escaping @Sendable (Element) -> Bool) {
    self.limit = limit
    self.mayDrop = mayDrop
  }

  func deposit(_ element: Element) {
    let reader = state.withLock { state -> CheckedContinuation<Element?, Never>? in
      guard !state.isFinished else { return nil }
      if !state.waiting.isEmpty { return state.waiting.removeFirst().continuation }
      if state.elements.count >= limit {
        state.elements.remove(at: state.elements.firstIndex(where: mayDrop) ?? 0)
      }
      state.elements.append(element)
      return nil
    }
    reader?.resume(returning: element)
  }

  /// Ends every stream after what is still in the row.
  func finish() {
    let readers = state.withLock { state in
      state.isFinished = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for reader in readers { reader.continuation.resume(returning: nil) }
  }

  func stream() -> AsyncStream<Element> {
    AsyncStream { await self.next() }
  }

  /// The next element; nil when finished, and at once in a cancelled task.
  private func next() async -> Element? {
    let reader = state.withLock { state in
      state.nextReader += 1
      return state.nextReader
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enqueue(continuation, as: reader)
      }
    } onCancel: {
      withdraw(reader)
    }
  }

  private func enqueue(_ continuation: CheckedContinuation<Element?, Never>, as reader: UInt64) {
    let answer = state.withLock { state -> Element?? in
      // Asked under the lock: a cancellation that `withdraw` came too early for is seen here.
      if Task.isCancelled { return .some(nil) }
      if !state.elements.isEmpty { return .some(state.elements.removeFirst()) }
      if state.isFinished { return .some(nil) }
      state.waiting.append((reader, continuation))
      return .none
    }
    if let answer { continuation.resume(returning: answer) }
  }

  private func withdraw(_ reader: UInt64) {
    let continuation = state.withLock { state -> CheckedContinuation<Element?, Never>? in
      guard let index = state.waiting.firstIndex(where: { $0.reader == reader }) else { return nil }
      return state.waiting.remove(at: index).continuation
    }
    continuation?.resume(returning: nil)
  }
}
