import Foundation
import GRDB
import Perception
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

@Suite("Calibrations in the database")
struct CalibrationTests {
  private let owner = CalibrationOwner(.default)

  /// One that can be told from others by its first value.
  private func calibration(_ mark: Float, width: Int = 3) throws -> EmotionCalibration {
    try #require(
      EmotionCalibration(
        network: "abc", width: width, bias: [mark, 0, -0.5, 1.5, 1e-30, .pi, 0],
        weights: (0..<7 * width).map { Float($0) / 3 - mark }))
  }

  @Test("What was saved comes back to the last bit, also after closing")
  func roundTrip() async throws {
    let bench = try Bench()
    #expect(try await bench.store.calibrations.current(owner) == nil)
    for width in [0, 1, 256] {
      let saved = try calibration(1, width: width)
      try await bench.store.calibrations.save(saved, owner)
      #expect(try await bench.store.calibrations.current(owner) == saved)
    }
    try bench.database.close()
    let again = Store.live(try EmusDatabase.open(at: bench.folder.database))
    #expect(try await again.calibrations.current(owner) == calibration(1, width: 256))
  }

  @Test("The bytes are Float32, little endian")
  func bytes() async throws {
    let bench = try Bench()
    try await bench.store.calibrations.save(try calibration(1, width: 0), owner)
    let bias = try await bench.database.read {
      try Data.fetchOne($0, sql: "SELECT bias FROM calibration") ?? Data()
    }
    #expect(bias.prefix(12) == Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xBF]))
  }

  @Test("Undo goes back to the one before, then to none, then says that there is nothing")
  func undo() async throws {
    // The bench's folder goes with it.
    let bench = try Bench()
    let store = bench.store.calibrations
    defer { withExtendedLifetime(bench) {} }
    for mark in [1, 2, 3] as [Float] { try await store.save(try calibration(mark), owner) }
    #expect(try await store.undo(owner))
    #expect(try await store.current(owner) == calibration(2))
    #expect(try await store.undo(owner))
    #expect(try await store.current(owner) == nil)
    #expect(try await store.undo(owner) == false)
  }

  @Test("Every listener has their own, and the drawn face's is apart")
  func owners() async throws {
    let bench = try Bench()
    let store = bench.store.calibrations
    let mia = try await bench.store.change(.add(name: "mia", template: nil)).id
    let owners = [owner, CalibrationOwner(.default, isDemo: true), CalibrationOwner(mia)]
    for (place, owner) in owners.enumerated() {
      try await store.save(try calibration(Float(place)), owner)
    }
    for (place, owner) in owners.enumerated() {
      #expect(try await store.current(owner) == calibration(Float(place)))
    }
    #expect(try await store.undo(owners[1]))
    #expect(try await store.current(owners[0]) == calibration(0))
  }

  @Test("Nothing is kept of a guest or of nobody")
  func guest() async throws {
    // The bench's folder goes with it.
    let bench = try Bench()
    let store = bench.store.calibrations
    defer { withExtendedLifetime(bench) {} }
    await #expect(throws: StoreFault.guestKeepsNothing) {
      try await store.save(try calibration(1), CalibrationOwner(.guest))
    }
    await #expect(throws: StoreFault.unknownListener(77)) {
      try await store.save(try calibration(1), CalibrationOwner(ListenerID(77)))
    }
  }

  @Test("Who is forgotten loses it, and so does the default listener with its face")
  func forgotten() async throws {
    let bench = try Bench()
    let mia = try await bench.store.change(.add(name: "mia", template: nil)).id
    for id in [mia, .default] {
      try await bench.store.calibrations.save(try calibration(1), CalibrationOwner(id))
      _ = try await bench.store.change(.remove(id))
    }
    let left = try await bench.database.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM calibration")
    }
    #expect(left == 0)
  }

  @Test("A file of the version before gets the table, and keeps its listeners")
  func migration() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    let old = try DatabaseQueue(path: path)
    try await old.writeWithoutTransaction { db in
      try Schema.claim(db, path: path)
      try Schema.take(3, db)
      try db.execute(sql: "INSERT INTO listener (name) VALUES ('mia')")
    }
    try old.close()
    let store = Store.live(try EmusDatabase.open(at: path))
    let names = try await store.listeners().map(\.name)
    #expect(names == ["default", "mia"])
    try await store.calibrations.save(try calibration(4), CalibrationOwner(ListenerID(2)))
    #expect(
      try await store.calibrations.current(CalibrationOwner(ListenerID(2))) == calibration(4))
  }

  /// Makes the bias in force something that is no number, as a bad disk would.
  private func damage(_ bench: Bench) async throws {
    try await bench.database.write {
      try $0.execute(
        sql: "UPDATE calibration SET bias = ? WHERE is_previous = 0",
        arguments: [Data(repeating: 0xFF, count: 28)])
    }
  }

  @Test("A damaged one is told by its listener's name, stays, and undo goes back behind it")
  func damaged() async throws {
    let bench = try Bench()
    let store = bench.store.calibrations
    defer { withExtendedLifetime(bench) {} }
    for mark in [1, 2] as [Float] { try await store.save(try calibration(mark), owner) }
    try await damage(bench)
    for _ in 0..<2 {
      let fault = await #expect(throws: DamagedCalibration.self) { try await store.current(owner) }
      let words = "\(try #require(fault))"
      #expect(words.contains("default") && words.contains("emus calibrate --undo"), "\(words)")
    }
    #expect(try await store.undo(owner))
    #expect(try await store.current(owner) == calibration(1))
  }

  @Test("A new one takes the place of a damaged one, not of the one before it")
  func damagedReplaced() async throws {
    let bench = try Bench()
    let store = bench.store.calibrations
    defer { withExtendedLifetime(bench) {} }
    for mark in [1, 2] as [Float] { try await store.save(try calibration(mark), owner) }
    try await damage(bench)
    try await store.save(try calibration(3), owner)
    #expect(try await store.current(owner) == calibration(3))
    #expect(try await store.undo(owner))
    #expect(try await store.current(owner) == calibration(1))
  }

  @Test("Blobs of a wrong length are refused by the table")
  func wrongLength() async throws {
    let bench = try Bench()
    await #expect(throws: (any Error).self) {
      try await bench.database.write {
        try $0.execute(
          sql: """
            INSERT INTO calibration (listener, is_demo, is_previous, network, width, bias, weights)
            VALUES (1, 0, 0, 'n', 2, zeroblob(28), zeroblob(55))
            """)
      }
    }
  }
}
