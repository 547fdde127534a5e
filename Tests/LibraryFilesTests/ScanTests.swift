import Foundation
import GeneratedLibrary
import Music
import Synchronization
import TestSupport
import Testing

@testable import LibraryFiles

/// A catalogue in memory that keeps stamps, tags and every batch.
final class MemoryCatalog: Sendable {
  struct State {
    var files: [[UInt8]: ScanBatch.Entry] = [:]
    var batches: [ScanBatch] = []
  }

  let state = Mutex(State())

  var batches: [ScanBatch] { state.withLock { $0.batches } }
  var titles: [String?] { state.withLock { $0.files.values.map(\.tags.title) } }

  var catalog: Catalog {
    Catalog(
      page: { _, _ in CatalogPage(total: 0, rows: []) }, tracks: { _ in [] }, facts: { [] },
      folders: { [] },
      stamps: { [self] folder in
        state.withLock { state in
          state.files.mapValues(\.stamp).filter { Scan.lies($0.key, in: folder) }
        }
      },
      write: { [self] in write($0) })
  }

  private func write(_ batch: ScanBatch) -> ScanTally {
    state.withLock { state in
      state.batches.append(batch)
      var tally = ScanTally()
      for entry in batch.entries {
        let isNew = state.files.updateValue(entry, forKey: entry.location.path) == nil
        if isNew { tally.added += 1 } else { tally.updated += 1 }
      }
      for path in batch.missing where state.files.removeValue(forKey: path) != nil {
        tally.missing += 1
      }
      return tally
    }
  }
}

@Suite("Scan")
struct ScanTests {
  private let folder: TemporaryFolder
  private let memory = MemoryCatalog()

  init() throws { folder = try TemporaryFolder() }

  private func song(_ title: String) -> [UInt8] {
    ID3.v2([ID3.text("TIT2", title)]) + Sound.mp3(frames: 4)
  }

  private func scan(read: @escaping TagReading = TagReader.inProcess) async throws -> ScanReport {
    try await Scan.run(folders: [folder.bytes], catalog: memory.catalog, read: read)
  }

  /// Where a file is known already nothing is read during the walk, so that the batches are certain.
  private func knowOne() async throws {
    try folder.write(song("known"), to: "known.mp3")
    #expect(try await scan().added == 1)
  }

  @Test("new, changed, unchanged and missing files are told apart")
  func incremental() async throws {
    for name in ["a", "b", "c"] { try folder.write(song(name), to: "\(name).mp3") }
    var report = try await scan()
    #expect(report.added == 3 && report.updated == 0 && report.unchanged == 0)
    #expect(report.isComplete && report.failed.isEmpty && report.seconds > 0)

    report = try await scan { _ in throw CancellationError() }
    #expect(report.unchanged == 3 && report.added == 0 && report.isComplete)

    try folder.write(song("a longer title"), to: "a.mp3")
    try FileManager.default.removeItem(atPath: "\(folder.path)/b.mp3")
    try folder.write(song("d"), to: "d.mp3")
    report = try await scan()
    #expect(report.added == 1 && report.updated == 1 && report.unchanged == 1)
    #expect(report.missing == 1)
    #expect(memory.titles.compactMap(\.self).sorted() == ["a longer title", "c", "d"])
  }

  @Test("files by paths that the system does not take whole are added, and left alone unchanged")
  func deep() async throws {
    let path = try folder.write(song("deep"), to: [0x1B] + Array(".mp3".utf8), deeperThan: 5000)
    var report = try await scan()
    #expect(report.added == 1 && report.failed.isEmpty && memory.titles == ["deep"])
    #expect(memory.batches.flatMap(\.entries).map(\.location) == [Location(path: path)])
    #expect(Location(path: path).escapedPath.hasSuffix("ddd/\\u{1B}.mp3"))
    report = try await scan { _ in throw CancellationError() }
    #expect(report.unchanged == 1 && report.isComplete && report.missing == 0)
    _ = try folder.write(
      song("changed"), to: [0x1B] + Array(".mp3".utf8), deeperThan: 5000)
    report = try await scan()
    #expect(report.updated == 1 && memory.titles == ["changed"])
  }

  @Test("bad files are named with a reason, and the good ones are added")
  func badFiles() async throws {
    try folder.write(song("good"), to: "good.mp3")
    try folder.write([], to: "zero.mp3")
    try folder.write(Array("text".utf8), to: "text.mp3")
    try folder.write(Array(Sound.wav(seconds: 1).prefix(30)), to: "cut.wav")
    let report = try await scan()
    #expect(report.added == 1)
    let names = report.failed.map { String(decoding: $0.path, as: UTF8.self).suffix(8) }
    #expect(names == ["/cut.wav", "text.mp3", "zero.mp3"])
    #expect(report.failed.allSatisfy { !$0.reason.isEmpty })
  }

  @Test("a known file that can no longer be read keeps its row")
  func knownAndBroken() async throws {
    try folder.write(song("a"), to: "a.mp3")
    _ = try await scan()
    try folder.write([], to: "a.mp3")
    let report = try await scan()
    #expect(report.failed.count == 1 && report.missing == 0 && report.updated == 0)
    #expect(memory.titles == ["a"])
  }

  @Test("a file that vanishes between the walk and the reading is named")
  func vanishes() async throws {
    try folder.write(song("a"), to: "a.mp3")
    try folder.write(song("b"), to: "b.mp3")
    let report = try await scan { paths in
      try FileManager.default.removeItem(atPath: String(decoding: paths[0], as: UTF8.self))
      return try await TagReader.inProcess(paths)
    }
    #expect(report.added == 1)
    #expect(report.failed.map(\.reason) == ["the file is gone"])
  }

  @Test("batches are bounded, only the last is marked last, and all carry the folder")
  func batches() async throws {
    try GeneratedLibrary.write(count: 1100, to: folder.path)
    let pool = try Fixture.pool()
    let report = try await scan(read: pool.reading)
    #expect(report.added == 1100)
    let batches = memory.batches
    #expect(
      batches.allSatisfy {
        $0.entries.count <= Scan.batchSizes.upperBound && $0.folder == folder.bytes
      })
    #expect(batches.filter(\.isLast).count == 1 && batches.last?.isLast == true)
    #expect(batches.flatMap(\.entries).map(\.location.path).count == 1100)
  }

  /// A small disk cache or a large library decides how far the head start comes: both ends here.
  @Test("nothing differs by how much is read while the walk goes on", arguments: [0, 1_000_000])
  func headStart(wait: UInt32) async throws {
    for number in 0..<40 {
      for other in 0..<20 {
        try folder.write(song("\(number)-\(other)"), to: "\(number)/\(other).mp3")
      }
    }
    try folder.write([], to: "0/zero.mp3")
    let waits = Mutex([wait])
    let report = try await scan { paths in
      if let wait = waits.withLock({ $0.popLast() }) { usleep(wait) }
      return try await TagReader.inProcess(paths)
    }
    #expect(report.added == 800 && report.failed.count == 1)
    #expect(Set(memory.titles.compactMap(\.self)).count == 800)
    let titles = memory.batches.flatMap(\.entries).allSatisfy { entry in
      String(decoding: entry.location.path, as: UTF8.self)
        .hasSuffix((entry.tags.title ?? "").replacing("-", with: "/") + ".mp3")
    }
    #expect(titles)
  }

  @Test("a stopped scan keeps what it wrote, and the next one goes on")
  func stopAndGoOn() async throws {
    try await knowOne()
    try GeneratedLibrary.write(count: 1600, to: folder.path)
    let memory = memory
    let before = memory.batches.count
    var report = try await Scan.run(
      folders: [folder.bytes], catalog: memory.catalog, read: TagReader.inProcess,
      isCancelled: { memory.batches.count > before })
    #expect(!report.isComplete)
    #expect(
      report.added > 0 && report.added < 1600 && report.added % Scan.batchSizes.lowerBound == 0)
    #expect(!memory.batches[before...].contains { $0.isLast })
    let written = report.added
    report = try await scan()
    #expect(report.isComplete && report.unchanged == written + 1)
    #expect(report.added == 1600 - written)
  }

  @Test("cancelling the task stops the scan without an error")
  func cancelledTask() async throws {
    try folder.write(song("a"), to: "a.mp3")
    let (folder, memory) = (folder.bytes, memory)
    let task = Task {
      try await Scan.run(
        folders: [folder], catalog: memory.catalog, read: { _ in throw CancellationError() })
    }
    #expect(try await task.value.isComplete == false)
    #expect(memory.batches.isEmpty)
  }

  @Test("a scan that is stopped at once has named what is missing all the same")
  func stoppedMissing() async throws {
    let missing = folder.bytes + Array("/missing".utf8)
    let report = try await Scan.run(
      folders: [folder.bytes, missing], catalog: memory.catalog, read: TagReader.inProcess,
      isCancelled: { true })
    #expect(!report.isComplete && report.absent == [missing])
    #expect(report.failed.map(\.path) == [missing])
  }

  @Test("a missing folder is named and the others are scanned; where all are missing none is")
  func missingFolder() async throws {
    try folder.write(song("a"), to: "a.mp3")
    let missing = folder.bytes + Array("/missing".utf8)
    let file = folder.bytes + Array("/a.mp3".utf8)
    let report = try await Scan.run(
      folders: [folder.bytes, missing, file], catalog: memory.catalog, read: TagReader.inProcess)
    #expect(report.added == 1 && report.absent == [missing, file])
    #expect(report.failed.map(\.path) == [missing, file])
    #expect(report.failed.map(\.reason) == ["No such file or directory", "not a folder"])
    let before = memory.batches
    let error = await #expect(throws: AbsentFolders.self) {
      try await Scan.run(
        folders: [missing, file], catalog: memory.catalog, read: TagReader.inProcess)
    }
    #expect(error?.failures.map(\.path) == [missing, file])
    #expect(memory.batches == before)
  }

  @Test("a folder inside another, or given twice, is scanned once")
  func overlapping() async throws {
    try folder.write(song("a"), to: "sub/a.mp3")
    try folder.write(song("b"), to: "subway/b.mp3")
    let report = try await Scan.run(
      folders: ["/sub", "", "/", "/subway"].map { folder.bytes + Array($0.utf8) },
      catalog: memory.catalog, read: TagReader.inProcess)
    #expect(report.added == 2 && report.unchanged == 0)
    #expect(Set(memory.batches.map(\.folder)) == [folder.bytes])
  }

  @Test("progress never goes back and ends at the total")
  func progress() async throws {
    try await knowOne()
    try GeneratedLibrary.write(count: 1200, to: folder.path)
    let seen = Mutex<[ScanProgress]>([])
    _ = try await Scan.run(
      folders: [folder.bytes], catalog: memory.catalog, read: TagReader.inProcess,
      progress: { step in seen.withLock { $0.append(step) } })
    let steps = seen.withLock { $0 }
    #expect(steps.first?.done == 1 && steps.last?.done == 1201 && steps.count > 2)
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.done < $1.done })
    #expect(steps.allSatisfy { $0.total == 1201 && $0.failed == 0 })
  }

  @Test("demo music is marked, and an error of the catalogue reaches the caller")
  func demoAndErrors() async throws {
    struct Full: Error {}
    try folder.write(song("a"), to: "a.mp3")
    _ = try await Scan.run(
      folders: [folder.bytes], catalog: memory.catalog, read: TagReader.inProcess,
      options: Scan.Options(isDemo: true))
    #expect(memory.batches.allSatisfy { $0.isDemo })
    var catalog = Catalog.silent
    catalog.write = { _ in throw Full() }
    await #expect(throws: Full.self) {
      try await Scan.run(folders: [folder.bytes], catalog: catalog, read: TagReader.inProcess)
    }
  }

  @Test("what is known below a folder that cannot be listed is not missing")
  func below() {
    #expect(Scan.lies(Array("/a/b".utf8), in: Array("/a".utf8)))
    #expect(Scan.lies(Array("/a".utf8), in: Array("/a".utf8)))
    #expect(Scan.lies(Array("/a".utf8), in: Array("/".utf8)))
    #expect(!Scan.lies(Array("/ab".utf8), in: Array("/a".utf8)))
    #expect(!Scan.lies(Array("/".utf8), in: Array("/a".utf8)))
  }
}
