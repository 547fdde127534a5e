import Foundation
import GRDB

/// Binds the values of one row straight to a statement that runs for each row of a scan, in order.
///
/// GRDB's own arguments make several arrays of boxed values of every row, which took a third of the
/// time of writing it. For statements without names that are made for this; it checks nothing but
/// what SQLite refuses.
struct RowBinding {
  private let statement: SQLiteStatement
  private var place: CInt = 0
  fileprivate private(set) var code: CInt = 0

  fileprivate init(_ statement: SQLiteStatement) { self.statement = statement }

  /// The next value; nil leaves NULL in its place.
  mutating func add(_ value: (some StatementBinding)?) {
    place += 1
    guard let value, code == 0 else { return }
    code = value.bind(to: statement, at: place)
  }

  mutating func add(_ bytes: [UInt8]) { add(Data(bytes)) }
}

extension Statement {
  /// Runs the statement for one row, whose values `fill` binds.
  func execute(_ fill: (inout RowBinding) -> Void) throws {
    // Resets it and says that whatever is bound is meant to be.
    setUncheckedArguments(StatementArguments())
    var row = RowBinding(sqliteStatement)
    fill(&row)
    guard row.code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: row.code)) }
    try execute()
  }
}
