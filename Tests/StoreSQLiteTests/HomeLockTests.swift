import Foundation
import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct HomeLockTests {
  @Test("One player and one scan a home, each with the owner's pid")
  func exclusive() throws {
    let folder = try TemporaryFolder()
    let home = folder.path + "/new/state"
    let player = try held(HomeLock.acquire(.player, in: home))
    let scan = try held(HomeLock.acquire(.scan, in: home))
    #expect(try pid(HomeLock.acquire(.player, in: home)) == getpid())
    #expect(try contents(home + "/player.lock") == Data("\(getpid())\n".utf8))
    #expect(try mode(home + "/player.lock") == 0o600)
    #expect(try mode(home) == 0o700)
    withExtendedLifetime((player, scan)) {}
  }

  @Test("A lock that is let go is free")
  func released() throws {
    let folder = try TemporaryFolder()
    for _ in 0..<3 { _ = try held(HomeLock.acquire(.player, in: folder.path)) }
  }

  @Test("Two homes do not know each other")
  func twoHomes() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    let locks = [
      try held(HomeLock.acquire(.player, in: first.path)),
      try held(HomeLock.acquire(.player, in: second.path)),
    ]
    withExtendedLifetime(locks) {}
  }

  @Test("A kill releases the lock, and names the owner until then")
  func killed() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    async let owner = killOwner(of: path)
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try held(HomeLock.acquire(.player, in: path))
      while true { pause() }
      withExtendedLifetime(lock) {}
    }
    #expect(try await owner != getpid())
    _ = try held(HomeLock.acquire(.player, in: path))
  }

  @Test("A second scan says who it waits for, once, and goes on when the first one ends")
  func waits() async throws {
    let folder = try TemporaryFolder()
    var lock: HomeLock? = try held(HomeLock.acquire(.scan, in: folder.path))
    var told: [Int32?] = []
    let second = try await HomeLock.wait(for: .scan, in: folder.path) { pid in
      told.append(pid)
      lock = nil
    }
    #expect(told == [getpid()])
    #expect(lock == nil)
    withExtendedLifetime(second) {}
  }

  @Test("A wait ends when it is cancelled")
  func cancelled() async throws {
    let folder = try TemporaryFolder()
    let lock = try held(HomeLock.acquire(.scan, in: folder.path))
    let path = folder.path
    let task = Task { try await HomeLock.wait(for: .scan, in: path) { _ in } }
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
    withExtendedLifetime(lock) {}
  }

  @Test("The pid of a process that is gone is not told")
  func stalePid() throws {
    let folder = try TemporaryFolder()
    let lock = try held(HomeLock.acquire(.player, in: folder.path))
    for text in ["", "x\n", "-1\n", "0\n", "99999999999\n", "4194305\n"] {
      try folder.write(Array(text.utf8), to: "player.lock")
      #expect(try pid(HomeLock.acquire(.player, in: folder.path)) == nil)
    }
    withExtendedLifetime(lock) {}
  }

  @Test("A place where no lock can be made is named")
  func fault() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([], to: "file")
    #expect(throws: HomeLockFault(path: file + "/scan.lock", reason: "Not a directory")) {
      try HomeLock.acquire(.scan, in: file)
    }
  }
}

private struct NotAcquired: Error {}

private func held(_ outcome: HomeLock.Outcome) throws -> HomeLock {
  guard case .acquired(let lock) = outcome else { throw NotAcquired() }
  return lock
}

private func pid(_ outcome: HomeLock.Outcome) throws -> Int32? {
  switch outcome {
  case .acquired: throw NotAcquired()
  case .heldBy(let pid): return pid
  }
}

/// Waits until another process holds the lock, kills it and returns its pid.
private func killOwner(of home: String) async throws -> Int32 {
  let deadline = ContinuousClock.now + .seconds(30)
  while ContinuousClock.now < deadline {
    let text = String(
      decoding: FileManager.default.contents(atPath: home + "/player.lock") ?? Data(),
      as: UTF8.self)
    if text.hasSuffix("\n"), let pid = Int32(text.dropLast()) {
      kill(pid, SIGKILL)
      return pid
    }
    await Task.yield()
  }
  throw NotAcquired()
}
