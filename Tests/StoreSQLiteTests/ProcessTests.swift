import Foundation
import GRDB
import Music
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

/// What must hold across processes. Each `#expect(processExitsWith:)` runs its body in a child.
@Suite(.serialized) struct ProcessTests {
  @Test("A rating that was reported as stored survives a kill of its process")
  func killed() async throws {
    let folder = try TemporaryFolder()
    let path = folder.database
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let database = try EmusDatabase.open(at: path)
      let catalog = Catalog.live(database, mood: { _ in .unknown })
      _ = try await catalog.write(
        ScanBatch(folder: Array("/music".utf8), entries: [entry("/music/a")], isLast: true))
      _ = try await Store.live(database).record(rating(9, of: TrackID(1), at: 123))
      kill(getpid(), SIGKILL)
    }
    let database = try EmusDatabase.open(at: path)
    let log = try await Store.live(database).log(.default, 0)
    #expect(log.map(\.feedback) == [rating(9, of: TrackID(1), at: 123)])
  }

  @Test("A kill at any moment of a first start leaves a file that opens")
  func killedAtBirth() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    let marked = try DatabaseQueue(path: path)
    try await marked.writeWithoutTransaction { try Schema.claim($0, path: path) }
    try marked.close()
    #expect(try DatabaseHeader(Array(contents(path).prefix(100)))?.applicationID != 0)
    #expect(try await Store.live(EmusDatabase.open(at: path)).listeners() == [.default])
  }

  @Test("Two processes begin and write one database at once, and nothing is lost")
  func twoWriters() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    async let parent: Void = writeWithChild(path)
    await #expect(processExitsWith: .success) { [path = path as String] in
      _ = FileManager.default.createFile(atPath: path + ".ready", contents: nil)
      try await write(ratings: 100, of: "c", to: path)
    }
    try await parent
    let database = try EmusDatabase.open(at: path)
    let log = try await Store.live(database).log(.default, 0)
    #expect(log.count == 200)
    #expect(Set(log.map(\.number)).count == 200)
  }

  @Test("A file that another connection keeps is reported as locked")
  func locked() async throws {
    let bench = try Bench()
    // With its busy timeout of five seconds: the only test that takes so long.
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: bench.database.path, configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    await #expect(throws: DatabaseFault.locked(path: bench.database.path)) {
      try await bench.store.memory.set(["a": "b"])
    }
    #expect(try await bench.store.memory.all() == [:])
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    try await bench.store.memory.set(["a": "b"])
  }

  @Test(
    "Missing rights are reported, on the file and on its folder",
    .enabled(if: getuid() == 0, "only root can become another user"))
  func noPermission() async throws {
    let folder = try TemporaryFolder()
    let path = folder.database
    try EmusDatabase.open(at: path).close()
    chmod(folder.path, 0o755)
    chmod(folder.path + "/data", 0o755)
    await #expect(processExitsWith: .success) { [path = path as String] in
      try becomeNobody()
      #expect(throws: DatabaseFault.noPermission(path: path)) { try EmusDatabase.open(at: path) }
      let below = (path as NSString).deletingLastPathComponent + "/new/emus.db"
      #expect(throws: DatabaseFault.noPermission(path: below)) {
        try EmusDatabase.open(at: below)
      }
    }
    #expect(try mode(path) == 0o600)
  }

  @Test(
    "A file that may be written in a folder that may not is reported",
    .enabled(if: getuid() == 0, "only root can become another user"))
  func readOnlyFolder() async throws {
    let folder = try TemporaryFolder()
    let path = folder.database
    try EmusDatabase.open(at: path).close()
    chown(path, nobody, nobody)
    chmod(folder.path, 0o755)
    chmod(folder.path + "/data", 0o755)
    await #expect(processExitsWith: .success) { [path = path as String] in
      try becomeNobody()
      #expect(throws: DatabaseFault.noPermission(path: path)) { try EmusDatabase.open(at: path) }
    }
  }
}

private let nobody: UInt32 = 65534

private func becomeNobody() throws {
  try #require(setgroups(0, nil) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0)
}

/// Begins when the child does.
private func writeWithChild(_ path: String) async throws {
  let deadline = ContinuousClock.now + .seconds(30)
  while !FileManager.default.fileExists(atPath: path + ".ready") {
    try #require(ContinuousClock.now < deadline)
    await Task.yield()
  }
  try await write(ratings: 100, of: "p", to: path)
}

/// Opens the database, adds one track and rates it again and again, as two programs would.
func write(ratings: Int, of name: String, to path: String) async throws {
  let database = try EmusDatabase.open(at: path)
  let catalog = Catalog.live(database, mood: { _ in .unknown })
  let store = Store.live(database)
  _ = try await catalog.write(
    ScanBatch(folder: Array("/music".utf8), entries: [entry("/music/\(name)")], isLast: true))
  let rows = try await catalog.page(CatalogQuery(.words(in: name)), 0..<1).rows
  let track = try #require(rows.first)
  for index in 0..<ratings { _ = try await store.record(rating(index % 10 + 1, of: track.id)) }
}

@Suite struct DiskFullTests {
  @Test(
    "A full disk is reported, nothing is lost, and writing goes on when there is room",
    .enabled(if: getuid() == 0, "only root can mount a small disk"))
  func full() async throws {
    let folder = try TemporaryFolder()
    let disk = folder.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    guard run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk) else {
      print("DiskFullTests: a tmpfs cannot be mounted here, nothing was tested")
      return
    }
    defer { _ = run("umount", "-l", disk) }
    let path = disk + "/emus.db"
    let database = try EmusDatabase.open(at: path)
    let store = Store.live(database)
    try await store.memory.set(["volume": "70"])
    let filler = disk + "/filler"
    fill(filler)
    await #expect(throws: DatabaseFault.diskFull(path: path)) {
      try await store.memory.set(["big": String(repeating: "x", count: 900_000)])
    }
    #expect(try await store.memory.all() == ["volume": "70"])
    try FileManager.default.removeItem(atPath: filler)
    try await store.memory.set(["volume": "71"])
    #expect(try await store.memory.all() == ["volume": "71"])
  }

  private func fill(_ path: String) {
    let file = open(path, O_CREAT | O_WRONLY, 0o600)
    let block = [UInt8](repeating: 0, count: 4096)
    while Foundation.write(file, block, block.count) > 0 {}
    close(file)
  }

  private func run(_ command: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
