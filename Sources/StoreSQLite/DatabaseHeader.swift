/// The first 100 bytes of an SQLite file: what must be known before SQLite may touch it.
///
/// https://www.sqlite.org/fileformat.html, section 1.3. Numbers are big-endian.
struct DatabaseHeader: Equatable {
  static let length = 100
  static let magic = Array("SQLite format 3\0".utf8)
  /// "EMUS" in ASCII: `PRAGMA application_id` of our files.
  static let applicationID: Int32 = 0x454D_5553

  var applicationID: Int32
  /// Bytes; a power of two, 512...65536.
  var pageSize: Int
  /// How many pages the file should have; nil where the header does not say so reliably.
  var pageCount: Int?

  /// Nil where the bytes do not begin an SQLite database.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.magic), bytes.count >= Self.length else {
      return nil
    }
    func number(at offset: Int, _ count: Int = 4) -> UInt32 {
      bytes[offset..<offset + count].reduce(0) { $0 << 8 | UInt32($1) }
    }
    applicationID = Int32(bitPattern: number(at: 68))
    let size = Int(number(at: 16, 2))
    pageSize = size == 1 ? 65536 : size
    // The count holds only if the last writer knew of it: file format, section 1.3.7.
    pageCount = number(at: 24) == number(at: 92) ? Int(number(at: 28)) : nil
  }
}
