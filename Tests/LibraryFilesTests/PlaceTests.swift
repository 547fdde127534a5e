import Foundation
import LibraryFiles
import TestSupport
import Testing

@Suite struct PlaceTests {
  @Test("a folder, a file, a link to one, and nothing are told apart, whatever their names")
  func kinds() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([1], to: [0x61, 0xFF])
    let link = folder.bytes + Array("/link".utf8)
    #expect(symlink(Self.c(file), Self.c(link)) == 0)
    #expect(Place.kind(folder.bytes) == .folder)
    #expect(Place.kind(file) == .file)
    #expect(Place.kind(link) == .file)
    #expect(Place.kind(file + [0x61]) == nil)
    #expect(Place.kind(Array("/dev/null".utf8)) == .other)
  }

  @Test("the names in a folder are its bytes, hidden ones included")
  func names() throws {
    let folder = try TemporaryFolder()
    let wanted: [[UInt8]] = [[0x61, 0xFF], [0x2E, 0x61], Array("e\u{301}".utf8), Array("é".utf8)]
    for name in wanted { try folder.write([], to: name) }
    #expect(Set(try Place.names(in: folder.bytes)) == Set(wanted))
    #expect(throws: FileFault.self) { try Place.names(in: folder.bytes + [0x2F, 0xFF]) }
  }

  @Test(
    "an absolute path has no dots and no doubled slashes, and keeps what is above",
    arguments: [
      ("/a//b/./c/", "/a/b/c"), ("/", "/"), ("/..", "/.."), ("/a/../b", "/a/../b"), ("//", "/"),
    ])
  func absolute(path: String, wanted: String) {
    #expect(Place.absolute(Array(path.utf8)) == Array(wanted.utf8))
  }

  @Test("a relative path is taken from the working folder")
  func relative() {
    let folder = Array(FileManager.default.currentDirectoryPath.utf8)
    #expect(Place.absolute([0x61, 0xFF]) == (folder == [0x2F] ? [] : folder) + [0x2F, 0x61, 0xFF])
  }

  @Test("a file is known as it is named, and without links")
  func known() throws {
    let folder = try TemporaryFolder()
    let real = try #require(realpath(folder.path, nil).map { String(cString: $0) })
    let inner = Array(try folder.folder("inner").utf8)
    let file = try folder.write([1], to: "x.wav")
    #expect(symlink(file, folder.path + "/inner/y.wav") == 0)
    let named = inner + Array("/../inner/./y.wav".utf8)
    #expect(
      Place.names(of: named) == [inner + Array("/y.wav".utf8), Array((real + "/x.wav").utf8)])
    #expect(Place.names(of: Array("/../gone".utf8)) == [Array("/gone".utf8)])
    #expect(Place.names(of: Array((real + "/x.wav").utf8)) == [Array((real + "/x.wav").utf8)])
  }

  private static func c(_ path: [UInt8]) -> [CChar] { path.map { CChar(bitPattern: $0) } + [0] }
}
