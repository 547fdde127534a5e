/// Cuts the bytes of a CSV file, which come in any portions, into rows of fields (RFC 4180).
///
/// It knows nothing of columns. What parts the fields may be another character. Ends of lines are LF or CRLF, a byte order mark is passed over,
/// and a quoted field may hold commas and ends of lines. A quote that is never closed counts as
/// a letter, so that it spoils one row and not the file. It holds one portion and one row, which
/// may have `maximumRow` bytes.
package struct CommaSeparatedRows: Sendable {
  package struct Row: Equatable, Sendable {
    /// The line of the file at which the row begins, from 1.
    package var line: Int
    /// Without quotes; empty where the row is longer than any row may be.
    package var fields: [ArraySlice<UInt8>]
    /// A quote in it is never closed, and counts as a letter.
    package var isQuoteOpen = false
  }

  /// 1024 x 1024 pixels as text fit.
  static let maximumRow = 1 << 22

  private let separator: UInt8

  private enum Place { case start, plain, quoted, afterQuote }

  private var buffer: [UInt8] = []
  private var start = 0
  private var scanned = 0
  private var place = Place.start
  private var obeysQuotes = true
  /// The bytes of a row that is too long are dropped up to its end.
  private var isDropping = false
  private var line = 1
  private var isAtBeginning = true

  package init(separator: UInt8 = UInt8(ascii: ",")) { self.separator = separator }

  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    buffer.removeFirst(start)
    scanned -= start
    start = 0
    buffer.append(contentsOf: bytes)
  }

  /// The next row that has come whole; at the end of the file also one without an end of line.
  package mutating func next(atEnd: Bool) -> Row? {
    skipByteOrderMark()
    while true {
      if let end = endOfRow() { return take(upTo: end, following: 1) }
      if scanned - start > Self.maximumRow {
        isDropping = true
        start = scanned
      }
      guard atEnd, scanned > start || isDropping else { return nil }
      guard place == .quoted, !isDropping else { return take(upTo: scanned, following: 0) }
      rescan()
    }
  }

  /// The end of the line at which the row ends; nil when it has not come.
  private mutating func endOfRow() -> Int? {
    while scanned < buffer.count {
      let byte = buffer[scanned]
      if byte == UInt8(ascii: "\n"), place != .quoted || isDropping { return scanned }
      scanned += 1
      guard obeysQuotes else { continue }
      switch (place, byte) {
      case (.quoted, UInt8(ascii: "\"")): place = .afterQuote
      case (.quoted, _): break
      case (.start, UInt8(ascii: "\"")), (.afterQuote, UInt8(ascii: "\"")): place = .quoted
      case (_, separator): place = .start
      default: place = .plain
      }
      if place == .quoted, scanned - start > Self.maximumRow { rescan() }
    }
    return nil
  }

  /// Reads the row again with its quotes as letters.
  private mutating func rescan() {
    obeysQuotes = false
    place = .plain
    scanned = start
  }

  private mutating func take(upTo end: Int, following: Int) -> Row {
    let bytes = buffer[start..<end]
    let row = Row(
      line: line, fields: isDropping ? [] : fields(of: bytes), isQuoteOpen: !obeysQuotes)
    line += following + (obeysQuotes ? bytes.count { $0 == UInt8(ascii: "\n") } : 0)
    start = end + following
    scanned = start
    isAtBeginning = false
    place = .start
    obeysQuotes = true
    isDropping = false
    return row
  }

  private func fields(of row: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    // A copy of its own: what is handed out must not hold the buffer.
    var rest = Array(row)[...]
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    var fields: [ArraySlice<UInt8>] = []
    while true {
      if obeysQuotes, rest.first == UInt8(ascii: "\"") {
        fields.append(quoted(&rest))
      } else {
        let end = rest.firstIndex(of: separator) ?? rest.endIndex
        fields.append(rest[..<end])
        rest = rest[end...]
      }
      guard rest.popFirst() != nil else { return fields }
    }
  }

  /// Takes a quoted field from the front, up to what parts it from the next; two quotes are one.
  private func quoted(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let quote = UInt8(ascii: "\"")
    rest.removeFirst()
    var field: [UInt8] = []
    while let end = rest.firstIndex(of: quote) {
      field += rest[..<end]
      rest = rest[(end + 1)...]
      guard rest.first == quote else { break }
      field.append(quote)
      rest.removeFirst()
    }
    let end = rest.firstIndex(of: separator) ?? rest.endIndex
    field += rest[..<end]
    rest = rest[end...]
    return field[...]
  }

  private mutating func skipByteOrderMark() {
    guard isAtBeginning, buffer.count >= 3 else { return }
    isAtBeginning = false
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) {
      start = 3
      scanned = 3
      place = .start
    }
  }
}
