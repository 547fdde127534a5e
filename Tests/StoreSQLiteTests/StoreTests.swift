import Foundation
import GRDB
import Music
import Perception
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct FeedbackLogTests {
  private let bench: Bench

  init() throws { bench = try Bench() }

  private func track() async throws -> TrackID {
    try await bench.scan([entry("/music/a")])
    return try #require(try await bench.ids().first)
  }

  @Test("Every field of every kind comes back, for random events")
  func roundTrip() async throws {
    var random = SeededGenerator(seed: 11)
    let id = try await track()
    var written: [RecordedFeedback] = []
    for _ in 0..<300 {
      let feedback = randomFeedback(id, &random)
      written.append(.init(number: try await bench.store.record(feedback), feedback: feedback))
    }
    #expect(try await bench.store.log(.default, 0) == written)
    #expect(written.map(\.number) == written.map(\.number).sorted())
    #expect(try await bench.store.log(.default, written[199].number) == Array(written[200...]))
    #expect(try await bench.store.log(.default, .max) == [])
  }

  private func randomFeedback(_ track: TrackID, _ random: inout SeededGenerator) -> Feedback {
    let kind = Feedback.Kind.allCases.randomElement(using: &random) ?? .skip
    let sources: [MoodSource] = [.face, .manual, .demo, .none]
    return Feedback(
      listener: .default, track: track, time: .random(in: 0...4e9, using: &random), kind: kind,
      fraction: Bool.random(using: &random) ? .random(in: 0...1, using: &random) : nil,
      value: kind == .rating ? .random(in: 1...10, using: &random) : nil,
      mood: Mood(
        valence: .random(in: -1...1, using: &random), arousal: .random(in: -1...1, using: &random),
        certainty: .random(in: 0...1, using: &random),
        source: sources.randomElement(using: &random) ?? .none),
      policy: Policy.allCases.randomElement(using: &random) ?? .match,
      chooser: Bool.random(using: &random)
        ? .listener : .recommender(score: .random(in: 1...10, using: &random)),
      previous: Bool.random(using: &random) ? track : nil)
  }

  @Test("Listeners read their own log only")
  func ownLog() async throws {
    let id = try await track()
    let anna = try await bench.store.change(.add(name: "anna", template: nil)).id
    _ = try await bench.store.record(rating(1, of: id))
    _ = try await bench.store.record(rating(2, of: id, by: anna))
    #expect(try await bench.store.log(.default, 0).map(\.feedback.value) == [1])
    #expect(try await bench.store.log(anna, 0).map(\.feedback.value) == [2])
  }

  @Test("Nothing of a guest is kept")
  func guest() async throws {
    let id = try await track()
    await #expect(throws: StoreFault.guestKeepsNothing) {
      try await bench.store.record(rating(5, of: id, by: .guest))
    }
  }

  @Test("An unknown track or listener is named")
  func unknown() async throws {
    let id = try await track()
    await #expect(throws: StoreFault.unknownTrack(77)) {
      try await bench.store.record(rating(5, of: TrackID(77)))
    }
    await #expect(throws: StoreFault.unknownListener(78)) {
      try await bench.store.record(rating(5, of: id, by: ListenerID(78)))
    }
    var feedback = rating(5, of: id)
    feedback.previous = TrackID(79)
    await #expect(throws: StoreFault.unknownTrack(79)) { try await bench.store.record(feedback) }
  }

  @Test("A rating is 1 to 10 and nothing else has a value", arguments: [0, 11, -1, nil])
  func badValue(value: Int?) async throws {
    let id = try await track()
    var feedback = rating(5, of: id)
    feedback.value = value
    await #expect(throws: StoreFault.badFeedback("a rating is 1 to 10")) {
      try await bench.store.record(feedback)
    }
    feedback.kind = .skip
    feedback.value = 3
    await #expect(throws: StoreFault.badFeedback("only a rating has a value")) {
      try await bench.store.record(feedback)
    }
    #expect(try await bench.store.log(.default, 0) == [])
  }

  @Test("A number that is none does not cost the event")
  func notANumber() async throws {
    let id = try await track()
    var feedback = rating(5, of: id)
    feedback.fraction = 1.25
    feedback.mood.valence = .nan
    feedback.chooser = .recommender(score: .nan)
    _ = try await bench.store.record(feedback)
    let read = try #require(try await bench.store.log(.default, 0).first?.feedback)
    #expect(read.fraction == 1 && read.mood.valence == 0)
    #expect(read.chooser == .recommender(score: 0))
    feedback.time = .nan
    await #expect(throws: StoreFault.badFeedback("it has no time")) {
      try await bench.store.record(feedback)
    }
  }

  @Test("What happened cannot be rewritten")
  func appendOnly() async throws {
    let id = try await track()
    _ = try await bench.store.record(rating(5, of: id))
    await #expect(throws: DatabaseFault.self) {
      try await bench.database.write { try $0.execute(sql: "UPDATE feedback SET value = 1") }
    }
  }

  @Test("A caller that is cancelled does not take the rating back")
  func cancelled() async throws {
    let id = try await track()
    let store = bench.store
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await store.record(rating(9, of: id))
    }
    _ = try await task.value
    #expect(try await store.log(.default, 0).map(\.feedback.value) == [9])
  }

  @Test("The log is read by index")
  func plan() async throws {
    let plan = try await bench.database.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + FeedbackRow.logSQL, arguments: [1, 1])
        .map { $0["detail"] as String }
    }
    #expect(plan == ["SEARCH feedback USING INDEX feedback_listener (listener=? AND rowid>?)"])
  }
}

@Suite struct ListenerTests {
  private let bench: Bench
  private let face = FaceTemplate(
    recogniser: "lbph-1", bytes: Array("face of anna ".utf8) + [0, 255])

  init() throws { bench = try Bench() }

  @Test("Names are cleaned; the default listener comes first")
  func names() async throws {
    let anna = try await bench.store.change(.add(name: " Anna\n\tMaria\u{202E} ", template: nil))
    #expect(anna.name == "Anna Maria" && !anna.hasFace)
    let longest = String(repeating: "é", count: 64)
    _ = try await bench.store.change(.add(name: longest, template: nil))
    let names = try await bench.store.listeners().map(\.name)
    #expect(names == ["default", "Anna Maria", longest])
  }

  @Test(
    "Names that cannot be are refused",
    arguments: [
      ("", StoreFault.badName("")), (" \n", .badName(" \n")),
      (String(repeating: "a", count: 65), .badName(String(repeating: "a", count: 65))),
      ("Guest", .reservedName("Guest")), ("ANNA", .nameTaken("ANNA")),
      ("default", .nameTaken("default")),
    ])
  func refused(name: String, fault: StoreFault) async throws {
    _ = try await bench.store.change(.add(name: "Anna", template: nil))
    let ben = try await bench.store.change(.add(name: "Ben", template: nil))
    await #expect(throws: fault) { try await bench.store.change(.add(name: name, template: nil)) }
    await #expect(throws: fault) { try await bench.store.change(.rename(ben.id, to: name)) }
    #expect(try await bench.store.listeners().map(\.name) == ["default", "Anna", "Ben"])
  }

  @Test("A face is registered once a recogniser, for new names and for those without")
  func faces() async throws {
    let anna = try await bench.store.change(.add(name: "anna", template: face))
    #expect(anna.hasFace)
    await #expect(throws: StoreFault.faceTaken("anna")) {
      try await bench.store.change(.add(name: "anna", template: face))
    }
    let own = try await bench.store.change(.add(name: "default", template: face))
    #expect(own == Listener(id: .default, name: "default", hasFace: true))
    let other = FaceTemplate(recogniser: "sface-1", bytes: [1])
    #expect(try await bench.store.change(.add(name: "anna", template: other)).id == anna.id)

    let expected = [
      GalleryEntry(person: 1, template: face),
      GalleryEntry(person: anna.id.rawValue, template: face),
    ]
    #expect(try await bench.store.gallery("lbph-1") == expected)
    #expect(try await bench.store.gallery("sface-1").map(\.template) == [other])
    #expect(try await bench.store.gallery("none") == [])
  }

  @Test("A listener is renamed, also to another case of the same name; default is not")
  func rename() async throws {
    let anna = try await bench.store.change(.add(name: "anna", template: nil))
    #expect(try await bench.store.change(.rename(anna.id, to: "Anna")).name == "Anna")
    await #expect(throws: StoreFault.defaultKeepsItsName) {
      try await bench.store.change(.rename(.default, to: "me"))
    }
    await #expect(throws: StoreFault.unknownListener(55)) {
      try await bench.store.change(.rename(ListenerID(55), to: "me"))
    }
  }

  @Test("The default listener is forgotten like any other, and is there again")
  func removeDefault() async throws {
    try await bench.scan([entry("/music/a")])
    _ = try await bench.store.change(.add(name: "default", template: face))
    let anna = try await bench.store.change(.add(name: "anna", template: nil))
    let track = try await bench.ids()[0]
    _ = try await bench.store.record(rating(8, of: track))
    _ = try await bench.store.record(rating(3, of: track, by: anna.id))
    try await bench.store.memory.set([
      "volume": "70", StoreMemory.key("policy", of: .default): "calm",
    ])
    #expect(try await bench.store.change(.remove(.default)) == .default)
    #expect(try await bench.store.listeners() == [.default, anna])
    #expect(try await bench.store.gallery("lbph-1") == [])
    #expect(try await bench.store.log(.default, 0).isEmpty)
    #expect(try await bench.store.log(anna.id, 0).count == 1)
    #expect(try await bench.store.memory.all() == ["volume": "70"])
  }

  @Test("Forgetting takes everything, down to the bytes in the files")
  func forget() async throws {
    try await bench.scan([entry("/music/a")])
    let track = try await bench.ids()[0]
    let anna = try await bench.store.change(.add(name: "Annabella", template: face))
    let number = try await bench.store.record(rating(8, of: track, by: anna.id))
    _ = try await bench.store.record(rating(3, of: track))
    try await bench.store.memory.set([
      "volume": "70", StoreMemory.key("policy", of: anna.id): "secretly lifted",
      StoreMemory.key("policy", of: .default): "calm",
    ])
    #expect(try await bench.store.change(.remove(anna.id)) == anna)

    #expect(try await bench.store.listeners() == [.default])
    #expect(try await bench.store.gallery("lbph-1") == [])
    #expect(try await bench.store.log(anna.id, 0) == [])
    #expect(try await bench.store.log(.default, 0).map(\.feedback.value) == [3])
    #expect(
      try await bench.store.memory.all() == [
        "volume": "70", StoreMemory.key("policy", of: .default): "calm",
      ])
    for suffix in ["", "-wal"] {
      let bytes = try contents(bench.database.path + suffix)
      for trace in ["face of anna", "Annabella", "secretly lifted"] {
        #expect(bytes.range(of: Data(trace.utf8)) == nil)
      }
    }
    await #expect(throws: StoreFault.unknownListener(anna.id.rawValue)) {
      try await bench.store.change(.remove(anna.id))
    }
    let ben = try await bench.store.change(.add(name: "Annabella", template: nil))
    #expect(ben.id.rawValue > anna.id.rawValue)
    #expect(try await bench.store.record(rating(1, of: track, by: ben.id)) > number + 1)
  }

  @Test("Values of listener 2 stay when listener 22 goes")
  func similarNumbers() async throws {
    for number in 2...22 {
      _ = try await bench.store.change(.add(name: "n\(number)", template: nil))
    }
    let kept = StoreMemory.key("policy", of: ListenerID(22))
    try await bench.store.memory.set([kept: "lift", "listener": "2"])
    _ = try await bench.store.change(.remove(ListenerID(2)))
    #expect(try await bench.store.memory.all() == [kept: "lift", "listener": "2"])
  }

  @Test("Remembered values are replaced one by one")
  func memory() async throws {
    try await bench.store.memory.set(["volume": "70", "policy": "lift"])
    try await bench.store.memory.set(["volume": "", "queue": "é\n'\""])
    try await bench.store.memory.set([:])
    let all = try await bench.store.memory.all()
    #expect(all == ["volume": "", "policy": "lift", "queue": "é\n'\""])
  }
}
