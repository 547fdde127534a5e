import Perception
import TestSupport
import Testing

@Suite("Listener gate")
struct ListenerGateTests {
  private func candidate(_ person: Int64, score: Double = 0.9) -> IdentityCandidate {
    IdentityCandidate(person: person, score: score, threshold: 0.7)
  }

  private func person(_ verdict: ListenerGate.Verdict) -> Int64? {
    if case .matched(let person, _) = verdict { person } else { nil }
  }

  @Test("Nobody is there until a face comes")
  func nobody() {
    var gate = ListenerGate()
    #expect(gate.verdict == .nobody)
    #expect(gate.observe(.empty(at: 0)) == .nobody)
    #expect(gate.observe(.of(.neutral, at: 0.1)) == .unknown(staying: false))
  }

  @Test("A match has to hold over several glimpses")
  func matchHolds() {
    var gate = ListenerGate()
    for time in moments(0.2, rate: 15) {
      #expect(person(gate.observe(.of(.neutral, at: time, candidates: [candidate(4)]))) == nil)
    }
    for time in moments(0.5, rate: 15, from: 0.2) {
      gate.observe(.of(.neutral, at: time, candidates: [candidate(4), candidate(5, score: 0.8)]))
    }
    #expect(person(gate.verdict) == 4)
    if case .matched(_, let score) = gate.verdict { #expect(abs(score - 0.9) < 1e-9) }
  }

  @Test("A candidate below its threshold is no match")
  func belowThreshold() {
    var gate = ListenerGate()
    for time in moments(2, rate: 15) {
      gate.observe(.of(.neutral, at: time, candidates: [candidate(4, score: 0.69)]))
    }
    #expect(gate.verdict == .unknown(staying: false))
  }

  @Test("Single wrong frames change nothing", arguments: 0..<20)
  func robust(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var gate = ListenerGate()
    for time in moments(2, rate: 15) {
      gate.observe(.of(.neutral, at: time, candidates: [candidate(1)]))
    }
    for time in moments(20, rate: 15, from: 2) {
      let wrong = generator.chance(0.2)
      let candidates = wrong ? (generator.chance(0.5) ? [candidate(2)] : []) : [candidate(1)]
      let glimpse = Glimpse.of(.neutral, at: time, candidates: candidates)
      gate.observe(generator.chance(0.1) ? .empty(at: time) : glimpse)
      #expect(person(gate.verdict) == 1)
    }
  }

  @Test("Another person who takes the seat is recognised within two seconds")
  func handOver() {
    var gate = ListenerGate()
    for time in moments(3, rate: 15) {
      gate.observe(.of(.neutral, at: time, candidates: [candidate(1)]))
    }
    for time in moments(2, rate: 15, from: 3) {
      gate.observe(.of(.neutral, at: time, candidates: [candidate(2)]))
    }
    #expect(person(gate.verdict) == 2)
  }

  @Test("An unknown face that stays three seconds is asked once")
  func asksOnce() {
    var gate = ListenerGate()
    var asked: [Double] = []
    for time in moments(20, rate: 15) {
      gate.observe(.of(.neutral, at: time))
      if gate.takeQuestion() { asked.append(time) }
    }
    #expect(gate.verdict == .unknown(staying: true))
    #expect(asked.count == 1)
    #expect(abs((asked.first ?? 0) - 3) < 0.1)
  }

  @Test("Who is away for half a minute is asked again, who is away shortly is not")
  func asksAgain() {
    func questions(away seconds: Double) -> Int {
      var gate = ListenerGate()
      var asked = 0
      for time in moments(5, rate: 15) + moments(5, rate: 15, from: 5 + seconds) {
        gate.observe(.of(.neutral, at: time))
        if gate.takeQuestion() { asked += 1 }
      }
      return asked
    }
    #expect(questions(away: 10) == 1)
    #expect(questions(away: 40) == 2)
  }

  @Test("A recognised face that turns away stays that person for a while")
  func turnedAway() {
    var gate = ListenerGate()
    for time in moments(2, rate: 15) {
      gate.observe(.of(.neutral, at: time, candidates: [candidate(1)]))
    }
    for time in moments(3, rate: 15, from: 2) { gate.observe(.of(.neutral, at: time)) }
    #expect(person(gate.verdict) == 1)
    for time in moments(3, rate: 15, from: 5) { gate.observe(.of(.neutral, at: time)) }
    #expect(gate.verdict == .unknown(staying: true))
  }

  @Test("An empty chair is nobody after three seconds")
  func leaves() {
    var gate = ListenerGate()
    for time in moments(2, rate: 15) {
      gate.observe(.of(.neutral, at: time, candidates: [candidate(1)]))
    }
    #expect(person(gate.observe(.empty(at: 4))) == 1)
    #expect(gate.observe(.empty(at: 5.1)) == .nobody)
  }

  @Test("Five frames a second are enough")
  func slowEye() {
    var gate = ListenerGate()
    for time in moments(2, rate: 5) {
      gate.observe(.of(.neutral, at: time, candidates: [candidate(1)]))
    }
    #expect(person(gate.verdict) == 1)
  }

  @Test("Scores that are no numbers recognise nobody")
  func notANumber() {
    var gate = ListenerGate()
    for time in moments(2, rate: 15) {
      gate.observe(
        .of(
          .neutral, at: time,
          candidates: [candidate(1, score: .nan), candidate(2, score: .infinity)]))
    }
    #expect(person(gate.verdict) == nil)
  }
}
