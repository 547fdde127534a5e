import Testing

@testable import WatcherProcess

@Suite("Mailbox", .timeLimit(.minutes(1)))
struct MailboxTests {
  @Test("Over its limit the oldest that may go goes, what may not stays")
  func drops() async {
    let box = Mailbox<Int>(limit: 4) { $0 < 100 }
    for element in [1, 100, 2, 3, 4, 101, 5] { box.deposit(element) }
    box.finish()
    var seen: [Int] = []
    for await element in box.stream() { seen.append(element) }
    #expect(seen == [100, 4, 101, 5])
  }

  @Test("Even what may not go is bounded")
  func bounded() async {
    let box = Mailbox<Int>(limit: 3) { _ in false }
    for element in 0..<1_000 { box.deposit(element) }
    box.finish()
    var seen: [Int] = []
    for await element in box.stream() { seen.append(element) }
    #expect(seen == [997, 998, 999])
  }

  @Test("A reader that waits gets what comes, and its end")
  func waits() async {
    let box = Mailbox<Int>(limit: 3) { _ in true }
    let reader = Task {
      var seen: [Int] = []
      for await element in box.stream() {
        seen.append(element)
        if element == 2 { break }
      }
      return seen
    }
    box.deposit(1)
    box.deposit(2)
    #expect(await reader.value == [1, 2])
    box.finish()
    box.deposit(3)
    var iterator = box.stream().makeAsyncIterator()
    #expect(await iterator.next() == nil)
  }

  @Test("A cancelled reader ends, whenever it is cancelled", arguments: 0..<50)
  func cancels(round: Int) async {
    let box = Mailbox<Int>(limit: 3) { _ in true }
    let reader = Task { for await _ in box.stream() {} }
    if round.isMultiple(of: 2) { await Task.yield() }
    reader.cancel()
    await reader.value
    box.deposit(1)
    var iterator = box.stream().makeAsyncIterator()
    #expect(await iterator.next() == 1, "the cancelled reader takes nothing away")
  }
}
