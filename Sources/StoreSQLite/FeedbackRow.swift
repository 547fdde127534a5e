import GRDB
import Music
import Perception
import Taste

/// One row of the table `feedback`: the log that is only ever added to.
enum FeedbackRow {
  /// Appends one event and returns its number, which counts only once the transaction is
  /// committed. An event that comes back from an archive keeps its number.
  static func append(
    _ feedback: Feedback, number: Int64? = nil, _ db: Database
  ) throws -> Int64 {
    try check(feedback)
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO feedback (number, listener, track, time, kind, fraction, value, valence, arousal,
          certainty, mood_source, policy, chooser, score, previous)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    do {
      try statement.execute(arguments: [number] + StatementArguments(values(feedback)))
    } catch DatabaseError.SQLITE_CONSTRAINT_FOREIGNKEY {
      throw try unknown(feedback, db)
    }
    return db.lastInsertedRowID
  }

  private static func check(_ feedback: Feedback) throws(StoreFault) {
    if feedback.listener == .guest { throw .guestKeepsNothing }
    if let reason = feedback.fault { throw .badFeedback(reason) }
  }

  /// What is no number is stored as nothing known, rather than losing the event for it.
  private static func values(_ feedback: Feedback) -> [(any DatabaseValueConvertible)?] {
    let mood = feedback.mood
    let fraction = feedback.fraction.map { $0.isFinite ? min(1, max(0, $0)) : 0 }
    let chooser: (name: String, score: Double?) =
      switch feedback.chooser {
      case .listener: (listener, nil)
      case .recommender(let score): (recommender, finite(score))
      }
    return [
      feedback.listener.rawValue, feedback.track.rawValue, feedback.time, feedback.kind.rawValue,
      fraction, feedback.value, finite(mood.valence), finite(mood.arousal),
      finite(mood.certainty), mood.source.rawValue, feedback.policy.rawValue, chooser.name,
      chooser.score, feedback.previous?.rawValue,
    ]
  }

  private static let listener = "listener"
  private static let recommender = "recommender"

  private static func finite(_ number: Double) -> Double { number.isFinite ? number : 0 }

  private static func unknown(_ feedback: Feedback, _ db: Database) throws -> StoreFault {
    let knowsListener = try Bool.fetchOne(
      db, sql: "SELECT 1 FROM listener WHERE id = ?", arguments: [feedback.listener.rawValue])
    if knowsListener == nil { return .unknownListener(feedback.listener.rawValue) }
    let knowsTrack = try Bool.fetchOne(
      db, sql: "SELECT 1 FROM track WHERE id = ?", arguments: [feedback.track.rawValue])
    return .unknownTrack(
      (knowsTrack == nil ? feedback.track : feedback.previous ?? feedback.track).rawValue)
  }

  static let logSQL = """
    SELECT number, track, time, kind, fraction, value, valence, arousal, certainty, mood_source,
      policy, chooser, score, previous
    FROM feedback WHERE listener = ? AND number > ? ORDER BY number
    """

  /// The events of one listener after number `after`, oldest first.
  static func log(
    _ listener: ListenerID, after: Int64, _ db: Database
  ) throws -> [RecordedFeedback] {
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: logSQL), arguments: [listener.rawValue, after])
    var log: [RecordedFeedback] = []
    while let row = try rows.next() {
      log.append(
        RecordedFeedback(
          number: try row.decode(Int64.self, atIndex: 0),
          feedback: try feedback(row, listener)))
    }
    return log
  }

  private static func feedback(_ row: Row, _ listener: ListenerID) throws -> Feedback {
    Feedback(
      listener: listener,
      track: TrackID(try row.decode(Int64.self, atIndex: 1)),
      time: try row.decode(Double.self, atIndex: 2),
      kind: try word(row, 3),
      fraction: try row.decode(Double?.self, atIndex: 4),
      value: try row.decode(Int?.self, atIndex: 5),
      mood: Mood(
        valence: try row.decode(Double.self, atIndex: 6),
        arousal: try row.decode(Double.self, atIndex: 7),
        certainty: try row.decode(Double.self, atIndex: 8), source: try word(row, 9)),
      policy: try word(row, 10),
      chooser: try row.decode(String.self, atIndex: 11) == recommender
        ? .recommender(score: try row.decode(Double?.self, atIndex: 12) ?? 0) : .listener,
      previous: try row.decode(Int64?.self, atIndex: 13).map(TrackID.init(_:)))
  }

  /// A value of a closed set; the table's checks keep others out, so another one means damage.
  private static func word<Value: RawRepresentable<String>>(
    _ row: Row, _ index: Int
  ) throws -> Value {
    guard let value = Value(rawValue: try row.decode(String.self, atIndex: index)) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    return value
  }
}
