import Foundation
import Music
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Folder walk")
struct FolderWalkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func names(_ walk: FolderWalk) -> [String] {
    walk.files.map { String(decoding: $0.path.dropFirst(folder.bytes.count + 1), as: UTF8.self) }
  }

  private func link(_ target: String, _ name: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/\(name)", withDestinationPath: target)
  }

  @Test("music files are found in the order of their names; all else is left")
  func order() throws {
    for name in [
      "b.mp3", "B.FLAC", "a/2.ogg", "a/1.Opus", "c.m4a", "d.wav", "a.txt", "mp3", "e.mp3x",
    ] {
      try folder.write([1], to: name)
    }
    let walk = try FolderWalk.run(folder.bytes).get()
    #expect(names(walk) == ["B.FLAC", "b.mp3", "c.m4a", "d.wav", "a/1.Opus", "a/2.ogg"])
    #expect(walk.unreadable.isEmpty)
  }

  @Test("hidden files and folders are passed over, a hidden root is not")
  func hidden() throws {
    try folder.write([1], to: ".Trash-1000/a.mp3")
    try folder.write([1], to: "._a.mp3")
    #expect(try FolderWalk.run(folder.bytes).get().files.isEmpty)
    let hidden = folder.bytes + Array("/.Trash-1000".utf8)
    #expect(try FolderWalk.run(hidden).get().files.count == 1)
  }

  @Test("the stamp is the file's size and its time to the nanosecond")
  func stamp() throws {
    let path = try folder.file("a.mp3", [1, 2, 3])
    var times = [
      timespec(tv_sec: 5, tv_nsec: 6), timespec(tv_sec: 1_700_000_000, tv_nsec: 123_456_789),
    ]
    #expect(utimensat(AT_FDCWD, System.cString(path), &times, 0) == 0)
    let file = try #require(try FolderWalk.run(folder.bytes).get().files.first)
    #expect(file.stamp.size == 3)
    #expect(file.stamp.modified == 1_700_000_000_123_456_789)
  }

  @Test("links are followed, loops end, and each file is met once, by its real name")
  func links() throws {
    try folder.write([1], to: "z/real.mp3")
    try link("z", "a")
    try link("..", "z/up")
    try link("z/real.mp3", "b.mp3")
    try link("nowhere", "broken.mp3")
    try link("self", "self")
    #expect(names(try FolderWalk.run(folder.bytes).get()) == ["z/real.mp3"])
    let outside = try TemporaryFolder()
    try outside.write([1], to: "far.mp3")
    try link(outside.path, "outside")
    #expect(names(try FolderWalk.run(folder.bytes).get()) == ["z/real.mp3", "outside/far.mp3"])
  }

  @Test("names that are not UTF-8 are kept byte by byte")
  func bytes() throws {
    let plain = try folder.file("a.mp3", [1])
    let strange = folder.bytes + [0x2F, 0xFF, 0x0A, 0xC3] + Array(".mp3".utf8)
    #expect(rename(System.cString(plain), System.cString(strange)) == 0)
    #expect(try FolderWalk.run(folder.bytes).get().files.map(\.path) == [strange])
  }

  @Test("named pipes and folders with the name of a song are no files")
  func notFiles() throws {
    #expect(mkfifo(System.cString(folder.bytes + Array("/pipe.mp3".utf8)), 0o600) == 0)
    try folder.write([1], to: "folder.mp3/a.mp3")
    #expect(names(try FolderWalk.run(folder.bytes).get()) == ["folder.mp3/a.mp3"])
  }

  @Test("a deep tree is walked without recursion")
  func deep() throws {
    let deep = Array(repeating: "d", count: 1500).joined(separator: "/")
    try folder.write([1], to: "\(deep)/a.mp3")
    #expect(try FolderWalk.run(folder.bytes).get().files.count == 1)
  }

  @Test("a root that is missing, or a file, is a failure that names it")
  func badRoot() throws {
    let missing = folder.bytes + Array("/missing".utf8)
    guard case .failure(let failure) = FolderWalk.run(missing) else {
      return #expect(Bool(false), "a missing folder was walked")
    }
    #expect(failure.path == missing)
    #expect(failure.description.hasSuffix("missing: No such file or directory"))
    let file = try folder.file("a.mp3", [1])
    guard case .failure(let other) = FolderWalk.run(file) else {
      return #expect(Bool(false), "a file was walked")
    }
    #expect(other.reason == "not a folder")
  }

  @Test("names of 255 bytes, of control characters and of every other byte are kept")
  func oddNames() throws {
    let ending = Array(".mp3".utf8)
    let names = [
      [UInt8](repeating: 0x61, count: 251) + ending, [UInt8](repeating: 0xFF, count: 251) + ending,
      [0x0A, 0x0D, 0x1B, 0x5B, 0x07] + ending, [0x20] + ending, Array("-rf *".utf8) + ending,
    ]
    for name in names { try folder.write([1], to: name) }
    let found = try FolderWalk.run(folder.bytes).get().files.map(\.path)
    #expect(Set(found) == Set(names.map { folder.bytes + [0x2F] + $0 }))
  }

  @Test("cue sheets are found beside the music, and are no music")
  func sheets() throws {
    for name in ["a.flac", "a.cue", "B.CUE", ".hidden.cue", "cue"] {
      try folder.write([1], to: name)
    }
    let walk = try FolderWalk.run(folder.bytes).get()
    #expect(names(walk) == ["a.flac"])
    #expect(
      walk.sheets.map { $0.path.suffix(5) } == ["B.CUE", "a.cue"].map { ArraySlice($0.utf8) })
  }

  @Test("a folder whose path the system does not take whole is walked like any other")
  func deeperThanPaths() throws {
    try folder.write([1], to: "z.mp3")
    let deep = try folder.write([1, 2, 3], to: Array("a.mp3".utf8), deeperThan: 5000)
    let sheet = try folder.write([1], to: Array("a.cue".utf8), deeperThan: 5000)
    let walk = try FolderWalk.run(folder.bytes).get()
    #expect(walk.files.map(\.path) == [folder.bytes + Array("/z.mp3".utf8), deep])
    #expect(walk.files.last?.stamp.size == 3)
    #expect(walk.sheets.map(\.path) == [sheet])
    #expect(walk.unreadable.isEmpty)
    #expect(try !folder.isHeldOpen())
    #expect(try FolderWalk.run(Array(deep.dropLast("/a.mp3".utf8.count))).get().files.count == 1)
  }

  @Test("files are found to the last byte before the limit of the system, at it and behind it")
  func aroundTheLimit() throws {
    var paths: [[UInt8]] = []
    let room = Int(PATH_MAX) - 200
    let start = try folder.write([1], to: [0x61], deeperThan: room).count - 1
    for count in Int(PATH_MAX) - 2...Int(PATH_MAX) + 2 {
      let stem = [UInt8](repeating: 0x62, count: count - start - ".mp3".utf8.count)
      let path = try folder.write([1], to: stem + Array(".mp3".utf8), deeperThan: room)
      #expect(path.count == count)
      paths.append(path)
    }
    #expect(Set(try FolderWalk.run(folder.bytes).get().files.map(\.path)) == Set(paths))
    for path in paths { #expect(try System.contents(path, limit: 9).get() == [1]) }
  }

  @Test("a folder deeper than that by far is named, and the rest is found")
  func tooDeep() throws {
    try folder.write([1], to: "z.mp3")
    _ = try folder.write([1], to: Array("a.mp3".utf8), deeperThan: 66_000)
    let walk = try FolderWalk.run(folder.bytes).get()
    #expect(names(walk) == ["z.mp3"])
    #expect(walk.unreadable.map(\.reason) == ["File name too long"])
    #expect(try !folder.isHeldOpen())
  }

  @Test("it stops when asked to")
  func cancelled() throws {
    try folder.write([1], to: "a/a.mp3")
    #expect(try FolderWalk.run(folder.bytes, isCancelled: { true }).get().files.isEmpty)
  }

  @Test("a folder without permission is named, the rest is found")
  func permission() throws {
    try folder.write([1], to: "closed/a.mp3")
    try folder.write([1], to: "open/b.mp3")
    let closed = "\(folder.path)/closed"
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
    defer { chmod(closed, 0o700) }
    let output = try Fixture.runAsNobody(["walk", folder.path])
    guard output != Fixture.cannotRun else {
      return print("skipped: another user cannot run the fixture here")
    }
    #expect(output.contains("file \(folder.path)/open/b.mp3"))
    #expect(output.contains("unreadable \(closed): Permission denied"))
  }

  @Test("what it finds it tells folder by folder, in its order, but not what links lead to")
  func tells() throws {
    for name in ["a/1.mp3", "a/2.mp3", "b/c/3.mp3", "b/4.mp3", "5.mp3"] {
      try folder.write([0], to: name)
    }
    let outside = try TemporaryFolder()
    try outside.write([0], to: "far.mp3")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: outside.path)
    var told: [[FolderWalk.File]] = []
    let walk = try FolderWalk.run(folder.bytes, found: { told.append(Array($0)) }).get()
    #expect(walk.files.count == 6)
    #expect(told.flatMap(\.self) == Array(walk.files.prefix(5)))
    #expect(told.map(\.count) == [1, 2, 1, 1])
  }
}
