import Foundation
import GRDB
import Perception
import Taste

/// Who is known, and their faces: the tables `listener` and `face`.
enum ListenerRows {
  static func all(_ db: Database) throws -> [Listener] {
    try Row.fetchAll(db, sql: listenerSQL + " ORDER BY id").map(listener)
  }

  static func gallery(_ recogniser: String, _ db: Database) throws -> [GalleryEntry] {
    try Row.fetchAll(
      db, sql: "SELECT listener, template FROM face WHERE recogniser = ? ORDER BY listener",
      arguments: [recogniser]
    ).map { row in
      GalleryEntry(
        person: try row.decode(Int64.self, atIndex: 0),
        template: FaceTemplate(recogniser: recogniser, bytes: try TrackRow.bytes(row, 1)))
    }
  }

  /// Returns the listener as it is after the change, or was before it went.
  static func change(_ change: ListenerChange, _ db: Database) throws -> Listener {
    switch change {
    case .add(let name, let template): try add(name, template, db)
    case .rename(let id, let name): try rename(id, to: name, db)
    case .remove(let id): try remove(id, db)
    }
  }

  private static func add(
    _ name: String, _ template: FaceTemplate?, _ db: Database
  ) throws -> Listener {
    let name = try checked(name)
    let known = try all(db).first { ListenerName.isSame($0.name, name) }
    if known != nil, template == nil { throw StoreFault.nameTaken(name) }
    let id = try known?.id ?? insert(name, db)
    if let template { try register(template, for: id, name, db) }
    return try one(id, db)
  }

  private static func insert(_ name: String, _ db: Database) throws -> ListenerID {
    try db.execute(sql: "INSERT INTO listener (name) VALUES (?)", arguments: [name])
    return ListenerID(db.lastInsertedRowID)
  }

  /// A listener that comes back from an archive, with the number of old.
  static func restore(_ listener: Listener, _ db: Database) throws {
    let name = try checked(listener.name)
    guard listener.id.rawValue > 0 else { throw StoreFault.unknownListener(listener.id.rawValue) }
    if try all(db).contains(where: { $0.id == listener.id || ListenerName.isSame($0.name, name) }) {
      throw StoreFault.nameTaken(name)
    }
    try db.execute(
      sql: "INSERT INTO listener (id, name) VALUES (?, ?)", arguments: [listener.id.rawValue, name])
  }

  /// Beside a template of another recogniser there is room: that one is not read any more.
  private static func register(
    _ template: FaceTemplate, for id: ListenerID, _ name: String, _ db: Database
  ) throws {
    do {
      try db.execute(
        sql: "INSERT INTO face (listener, recogniser, template) VALUES (?, ?, ?)",
        arguments: [id.rawValue, template.recogniser, Data(template.bytes)])
    } catch DatabaseError.SQLITE_CONSTRAINT_PRIMARYKEY { throw StoreFault.faceTaken(name) }
  }

  private static func rename(
    _ id: ListenerID, to name: String, _ db: Database
  ) throws -> Listener {
    let name = try checked(name)
    _ = try one(id, db)
    if id == .default { throw StoreFault.defaultKeepsItsName }
    if try all(db).contains(where: { $0.id != id && ListenerName.isSame($0.name, name) }) {
      throw StoreFault.nameTaken(name)
    }
    try db.execute(
      sql: "UPDATE listener SET name = ? WHERE id = ?", arguments: [name, id.rawValue])
    return try one(id, db)
  }

  private static func remove(_ id: ListenerID, _ db: Database) throws -> Listener {
    let known = try one(id, db)
    // Faces, calibrations and feedback go with the row: ON DELETE CASCADE.
    try db.execute(sql: "DELETE FROM listener WHERE id = ?", arguments: [id.rawValue])
    try MemoryRows.forget(id, db)
    guard id == .default else { return known }
    // Somebody has to be listening.
    try db.execute(
      sql: "INSERT INTO listener (id, name) VALUES (?, ?)", arguments: [id.rawValue, known.name])
    return try one(id, db)
  }

  private static func one(_ id: ListenerID, _ db: Database) throws -> Listener {
    let row = try Row.fetchOne(
      db, sql: listenerSQL + " WHERE id = ?", arguments: [id.rawValue])
    guard let row else { throw StoreFault.unknownListener(id.rawValue) }
    return try listener(row)
  }

  private static let listenerSQL = """
    SELECT id, name, EXISTS (SELECT 1 FROM face WHERE listener = listener.id) FROM listener
    """

  private static func listener(_ row: Row) throws -> Listener {
    Listener(
      id: ListenerID(try row.decode(Int64.self, atIndex: 0)),
      name: try row.decode(String.self, atIndex: 1),
      hasFace: try row.decode(Bool.self, atIndex: 2))
  }
}

extension ListenerRows {
  private static func checked(_ name: String) throws(StoreFault) -> String {
    guard let clean = ListenerName.clean(name) else { throw .badName(name) }
    if ListenerName.isReserved(clean) { throw .reservedName(clean) }
    return clean
  }
}
