import Foundation
import GRDB
import Perception
import Taste

/// Each listener's correction of the emotion network, and the one before: the table `calibration`.
enum CalibrationRows {
  /// Throws `DamagedCalibration` for a row that no correction can be made of.
  static func current(_ owner: CalibrationOwner, _ db: Database) throws -> EmotionCalibration? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT network, width, bias, weights FROM calibration
        WHERE listener = ? AND is_demo = ? AND is_previous = 0
        """, arguments: arguments(owner))
    guard let row else { return nil }
    guard let calibration = try calibration(in: row) else {
      let name = try ListenerRows.all(db).first { $0.id == owner.listener }?.name
      throw DamagedCalibration(listener: name ?? "\(owner.listener.rawValue)")
    }
    return calibration
  }

  private static func calibration(in row: Row) throws -> EmotionCalibration? {
    do {
      return EmotionCalibration(
        network: try row.decode(String.self, atIndex: 0),
        width: try row.decode(Int.self, atIndex: 1),
        bias: floats(try row.decode(Data.self, atIndex: 2)),
        weights: floats(try row.decode(Data.self, atIndex: 3)))
    } catch is RowDecodingError {
      return nil
    }
  }

  private static func isDamaged(_ owner: CalibrationOwner, _ db: Database) throws -> Bool {
    do {
      _ = try current(owner, db)
      return false
    } catch is DamagedCalibration {
      return true
    }
  }

  static func save(
    _ calibration: EmotionCalibration, _ owner: CalibrationOwner, _ db: Database
  ) throws {
    if owner.listener == .guest { throw StoreFault.guestKeepsNothing }
    guard try ListenerRows.all(db).contains(where: { $0.id == owner.listener }) else {
      throw StoreFault.unknownListener(owner.listener.rawValue)
    }
    // A damaged one is nothing to go back to: it makes room, and not the one before it.
    let place = try isDamaged(owner, db) ? 0 : 1
    try db.execute(sql: delete + " AND is_previous = \(place)", arguments: arguments(owner))
    try db.execute(
      sql: "UPDATE calibration SET is_previous = 1 WHERE listener = ? AND is_demo = ?",
      arguments: arguments(owner))
    try db.execute(
      sql: """
        INSERT INTO calibration (listener, is_demo, is_previous, network, width, bias, weights)
        VALUES (?, ?, 0, ?, ?, ?, ?)
        """,
      arguments: arguments(owner) + [
        calibration.network, calibration.width, bytes(calibration.bias),
        bytes(calibration.weights),
      ])
  }

  static func undo(_ owner: CalibrationOwner, _ db: Database) throws -> Bool {
    try db.execute(sql: delete + " AND is_previous = 0", arguments: arguments(owner))
    let wasThere = db.changesCount > 0
    try db.execute(
      sql: "UPDATE calibration SET is_previous = 0 WHERE listener = ? AND is_demo = ?",
      arguments: arguments(owner))
    return wasThere
  }

  private static let delete = "DELETE FROM calibration WHERE listener = ? AND is_demo = ?"

  private static func arguments(_ owner: CalibrationOwner) -> StatementArguments {
    [owner.listener.rawValue, owner.isDemo ? 1 : 0]
  }

  /// Four bytes each, little endian.
  private static func bytes(_ values: [Float]) -> Data {
    var data = Data(capacity: values.count * 4)
    for value in values {
      for byte in 0..<4 { data.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * byte))) }
    }
    return data
  }

  /// Bytes that are left over are nothing: the count is checked by whoever makes a correction.
  private static func floats(_ data: Data) -> [Float] {
    let bytes = Array(data)
    return stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      let pattern = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: pattern)
    }
  }
}
