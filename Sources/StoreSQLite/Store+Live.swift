import Perception
import Taste

extension Store {
  /// The store in the database. Throws `StoreFault` for what it refuses, `DatabaseFault` for what
  /// keeps the file from being read or written.
  package static func live(_ database: EmusDatabase) -> Store {
    Store(
      record: { feedback in try await database.write { try FeedbackRow.append(feedback, $0) } },
      log: { listener, after in
        try await database.read { try FeedbackRow.log(listener, after: after, $0) }
      },
      listeners: { try await database.read { try ListenerRows.all($0) } },
      gallery: { recogniser in
        try await database.read { try ListenerRows.gallery(recogniser, $0) }
      },
      change: { change in try await apply(change, to: database) },
      memory: StoreMemory(
        all: { try await database.read { try MemoryRows.all($0) } },
        set: { values in try await database.write { try MemoryRows.set(values, $0) } }),
      calibrations: StoreCalibrations(
        current: { owner in
          try await database.read { try CalibrationRows.current(owner, $0) }
        },
        save: { calibration, owner in
          try await database.write { try CalibrationRows.save(calibration, owner, $0) }
        },
        undo: { owner in try await database.write { try CalibrationRows.undo(owner, $0) } }))
  }

  private static func apply(
    _ change: ListenerChange, to database: EmusDatabase
  ) async throws -> Listener {
    let listener = try await database.write { try ListenerRows.change(change, $0) }
    if case .remove = change {
      do { try await database.wipe() } catch let fault as DatabaseFault {
        throw StoreFault.forgottenNotWiped(listener.name, fault)
      }
    }
    return listener
  }
}
