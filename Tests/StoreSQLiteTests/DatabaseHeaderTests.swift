import Testing

@testable import StoreSQLite

@Suite struct DatabaseHeaderTests {
  /// An SQLite header with our mark, 4096-byte pages and three of them.
  private static func header() -> [UInt8] {
    var bytes = DatabaseHeader.magic + [UInt8](repeating: 0, count: 84)
    bytes[16] = 0x10
    bytes[31] = 3
    bytes.replaceSubrange(68..<72, with: Array("EMUS".utf8))
    return bytes
  }

  private func fault(
    _ head: [UInt8], size: Int64 = 12288, hasLog: Bool = false
  ) -> DatabaseFault? {
    DatabaseFile.fault(head: head, size: size, hasLog: hasLog, path: "x.db")
  }

  @Test("Our own header, and an empty file, pass")
  func ours() {
    #expect(fault(Self.header()) == nil)
    #expect(fault([], size: 0) == nil)
  }

  @Test("Another application's mark, or none, is foreign", arguments: [0, 0x46])
  func foreign(mark: UInt8) {
    var bytes = Self.header()
    bytes.replaceSubrange(68..<72, with: [0, 0, 0, mark])
    #expect(fault(bytes) == .foreign(path: "x.db"))
  }

  @Test("What does not begin like SQLite is no database")
  func text() {
    #expect(fault(Array("shopping list\n".utf8)) == .notADatabase(path: "x.db"))
    #expect(fault([UInt8](repeating: 0, count: 100)) == .notADatabase(path: "x.db"))
  }

  @Test("A header that is cut off is damage")
  func cutHeader() {
    #expect(fault(Array(Self.header().prefix(99)), size: 99) == .corrupt(path: "x.db"))
    #expect(fault(DatabaseHeader.magic, size: 16) == .corrupt(path: "x.db"))
  }

  @Test("Fewer pages than the header counts is damage, unless a log may hold the rest")
  func missingPages() {
    #expect(fault(Self.header(), size: 12287) == .corrupt(path: "x.db"))
    #expect(fault(Self.header(), size: 12287, hasLog: true) == nil)
  }

  @Test("A page size of 1 stands for 65536; a count of an older writer is not believed")
  func fields() throws {
    var bytes = Self.header()
    bytes[16] = 0
    bytes[17] = 1
    #expect(try #require(DatabaseHeader(bytes)).pageSize == 65536)
    bytes[95] = 1
    #expect(try #require(DatabaseHeader(bytes)).pageCount == nil)
  }
}
