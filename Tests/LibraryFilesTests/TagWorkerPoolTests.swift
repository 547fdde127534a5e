import Foundation
import Music
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Tag worker pool")
struct TagWorkerPoolTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Songs named by their number, and the given ones between them.
  private func files(_ count: Int, with special: [Int: String] = [:]) throws -> [[UInt8]] {
    try (0..<count).map { index in
      try folder.file(
        special[index] ?? "\(index).mp3",
        ID3.v2([ID3.text("TIT2", "Song \(index)")]) + Sound.mp3(frames: 4))
    }
  }

  private func titles(_ answers: [Result<Tags, TagFault>]) -> [String?] {
    answers.map { if case .success(let tags) = $0 { tags.title } else { nil } }
  }

  @Test("answers come in the order of the paths, as read directly", arguments: [1, 3])
  func order(workers: Int) async throws {
    let paths = try files(200) + [Array("/nonexistent.mp3".utf8)]
    let pool = try Fixture.pool(count: workers)
    let answers = try await pool.read(paths)
    #expect(answers == paths.map(TagReader.read))
    #expect(titles(answers).prefix(3) == ["Song 0", "Song 1", "Song 2"])
    #expect(try await pool.read([]).isEmpty)
  }

  @Test("several readings at once do not mix")
  func concurrent() async throws {
    let paths = try files(60)
    let pool = try Fixture.pool()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for shift in 0..<6 {
        group.addTask {
          let own = Array(paths.dropFirst(shift * 10).prefix(10))
          return try await pool.read(own) == own.map(TagReader.read)
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test("a crash costs exactly the file that caused it", arguments: [1, 2])
  func crash(workers: Int) async throws {
    let crashing = [0: "crash0.mp3", 31: "crash31.mp3", 32: "crash32.mp3", 99: "crash99.mp3"]
    let paths = try files(100, with: crashing)
    let answers = try await Fixture.pool(count: workers).read(paths)
    for (index, answer) in answers.enumerated() {
      #expect(
        answer == (crashing[index] == nil ? TagReader.read(paths[index]) : .failure(.crashed)))
    }
  }

  @Test("a worker that writes nonsense is replaced, the file named")
  func garbage() async throws {
    let paths = try files(40, with: [20: "garbage.mp3"])
    let answers = try await Fixture.pool(count: 1).read(paths)
    #expect(answers[20] == .failure(.crashed))
    #expect(titles(answers).filter { $0 == nil }.count == 1)
  }

  @Test("a hang costs exactly the file that caused it")
  func hang() async throws {
    let paths = try files(20, with: [7: "hang.mp3"])
    let limit = Duration.milliseconds(1500)
    let answers = try await Fixture.pool(count: 1, timeout: limit).read(paths)
    #expect(answers[7] == .failure(.timedOut(after: limit)))
    #expect(titles(answers).filter { $0 == nil }.count == 1)
  }

  @Test("files by paths that the system does not take whole are read like others")
  func deepPaths() async throws {
    var paths = try files(2)
    for index in 2..<80 {
      paths.append(
        try folder.write(
          ID3.v2([ID3.text("TIT2", "Song \(index)")]) + Sound.mp3(frames: 4),
          to: Array("\(index).mp3".utf8), deeperThan: 9000))
    }
    let answers = try await Fixture.pool().read(paths)
    #expect(titles(answers) == (0..<80).map { "Song \($0)" })
  }

  @Test("a path that is too long fails alone")
  func longPath() async throws {
    let paths = try files(1) + [Array(repeating: 0x61, count: 100_000), []]
    let answers = try await Fixture.pool().read(paths)
    #expect(titles(answers) == ["Song 0", nil, nil])
    #expect(answers[1] == .failure(.badPath))
  }

  @Test("workers that start at once read what comes later, and say what keeps them from it")
  func startsAtOnce() async throws {
    let pool = try Fixture.pool(startsAtOnce: true)
    #expect(titles(try await pool.read(try files(3))) == ["Song 0", "Song 1", "Song 2"])
    pool.close()
    let missing = TagWorkerPool(executable: "/nonexistent/emus", count: 2, startsAtOnce: true)
    await #expect(throws: TagWorkerError.self) { try await missing.read([[0x2F]]) }
  }

  @Test("a missing program, and one that is no worker, are said to be so")
  func noWorker() async throws {
    let missing = TagWorkerPool(executable: "/nonexistent/emus", count: 2)
    await #expect(throws: TagWorkerError.self) { try await missing.read([[0x2F]]) }
    let mute = try Fixture.pool(["mute"])
    let error = await #expect(throws: TagWorkerError.self) { try await mute.read([[0x2F]]) }
    #expect("\(String(describing: error))".contains("greeting"))
    await #expect(throws: TagWorkerError.self) { try await mute.read([[0x2F]]) }
  }

  @Test("cancelling ends a reading at once, and the pool goes on")
  func cancel() async throws {
    let paths = try files(2, with: [0: "hang.mp3"])
    // One worker, so that the next file waits behind the one that hangs: no limit may free it.
    let pool = try Fixture.pool(count: 1, timeout: .seconds(600))
    let task = Task { try await pool.read(paths) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(titles(try await pool.read([paths[1]])) == ["Song 1"])
    pool.close()
    await #expect(throws: TagWorkerError.closed) { try await pool.read([paths[1]]) }
  }

  @Test("no worker outlives its pool")
  func noOrphans() async throws {
    let mark = "mark-\(UUID().uuidString)"
    let pool = try Fixture.pool([mark])
    _ = try await pool.read(try files(50))
    #expect(!processes(with: mark).isEmpty)
    pool.close()
    let deadline = ContinuousClock.now + .seconds(20)
    while !processes(with: mark).isEmpty, ContinuousClock.now < deadline { await Task.yield() }
    #expect(processes(with: mark).isEmpty)
  }

  private func processes(with mark: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.filter { name in
      guard let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
        return false
      }
      return String(decoding: line, as: UTF8.self).contains(mark)
    }
  }

  @Test("thousands of mutated files are read or named, and nobody else is harmed")
  func mutations() async throws {
    var generator = SeededGenerator(seed: 1)
    let seeds: [(String, [UInt8])] =
      [
        (
          "mp3",
          ID3.v2([ID3.text("TIT2", "T"), ID3.utf16("TPE1", "A"), ID3.popularity(9)]) + Sound.mp3()
        ),
        ("mp3", Sound.mp3() + ID3.v1(title: [0x54], artist: [0x41], year: "1999", genre: 8)),
        ("wav", Sound.wav(seconds: 0.2)),
      ] + Encoded.all(in: folder)
    let count = Fuzzing.inputs(usually: 3000)
    let good = try files(1)
    let pool = try Fixture.pool()
    var faults: [TagFault] = []
    for start in stride(from: 0, to: count, by: 1000) {
      let paths = try (start..<min(count, start + 1000)).map { index in
        let (ending, content) = seeds[index % seeds.count]
        return try folder.file(
          "mutated/\(index).\(ending)", mutate(content, using: &generator))
      }
      let answers = try await pool.read(paths + good)
      #expect(answers.count == paths.count + 1)
      #expect(titles(answers).last == "Song 0")
      for case .success(let tags) in answers {
        #expect(tags.title.flatMap(Tags.clean) == tags.title)
      }
      for case .failure(let fault) in answers { faults.append(fault) }
      try FileManager.default.removeItem(atPath: folder.path + "/mutated")
    }
    // The reader took all sorts of things: some must be good still, some must be broken.
    #expect(faults.count > count / 30 && faults.count < count - count / 30)
    // A scan would outlive these; we want to hear of them.
    #expect(faults.allSatisfy { $0.kind != .crashed && $0.kind != .timedOut })
  }

  /// Changes, cuts, doubles or inserts a few bytes, mostly near the front, where headers are.
  private func mutate(_ content: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = content
    for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
      let reach = Bool.random(using: &generator) ? min(200, bytes.count) : bytes.count
      let place = Int.random(in: 0..<reach, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 3))
      case 3: bytes.insert(contentsOf: [0xFF, 0xFF, 0xFF, 0x7F], at: place)
      default: if Int.random(in: 0..<4, using: &generator) == 0 { bytes = Array(bytes[..<place]) }
      }
    }
    return bytes
  }
}
