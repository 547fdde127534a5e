import Glibc

/// A program started with `posix_spawn` and watched from outside: how long it takes, how much
/// memory it takes, how it ends. Blocks the thread that asks; for benchmarks alone.
struct ChildProcess {
  let pid: pid_t
  let started: ContinuousClock.Instant

  /// `POSIX_SPAWN_SETSID` of <spawn.h>, which Swift sees only with GNU extensions.
  private static let newSession: Int16 = 0x80

  /// How a program ended.
  struct Ending {
    /// The exit status; 128 and the signal's number where it was killed.
    var status: Int32
    var milliseconds: Double
    /// The largest resident set of it or of a child that it waited for, in MiB.
    var peak: Double
  }

  /// Runs a program to its end, its output written to a file.
  static func run(
    _ path: String, _ arguments: [String], environment: [String: String], output: String
  ) throws(BenchmarkError) -> Ending {
    let child = try start(path, arguments, environment: environment) { actions in
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    return try child.wait()
  }

  /// When a program had printed a line: milliseconds, and seconds of processor time of it and its
  /// children.
  struct Report {
    var milliseconds = Double.nan
    var processor = Double.nan
  }

  /// Runs a program to its end, and looks at it when it has printed a line.
  static func runReporting(
    _ path: String, _ arguments: [String], environment: [String: String]
  ) throws(BenchmarkError) -> (report: Report, ending: Ending) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .failed("pipe") }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    let child: ChildProcess
    do throws(BenchmarkError) {
      child = try start(path, arguments, environment: environment) { actions in
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, writing, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclose(&actions, reading)
        posix_spawn_file_actions_addclose(&actions, writing)
      }
    } catch {
      close(writing)
      throw error
    }
    close(writing)
    var report = Report()
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(reading, &buffer, buffer.count), count > 0 {
      guard report.milliseconds.isNaN, buffer.prefix(count).contains(UInt8(ascii: "\n")) else {
        continue
      }
      report.milliseconds = (ContinuousClock.now - child.started) / .milliseconds(1)
      report.processor = try ProcessFigures(pid: child.pid).familyTime
    }
    return (report, try child.wait())
  }

  /// Starts a program in a session of its own; `prepare` says what its descriptors are.
  static func start(
    _ path: String, _ arguments: [String], environment: [String: String],
    prepare: (inout posix_spawn_file_actions_t) -> Void
  ) throws(BenchmarkError) -> ChildProcess {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    prepare(&actions)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of Swift's pool block signals, and a child would inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK))
    let words = ([path] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + variables { free(word) } }
    var pid: pid_t = 0
    let started = ContinuousClock.now
    let code = posix_spawn(&pid, path, &actions, &attributes, words, variables)
    guard code == 0 else { throw .failed("cannot start \(path)", code: code) }
    return ChildProcess(pid: pid, started: started)
  }

  /// Waits for the end.
  func wait() throws(BenchmarkError) -> Ending {
    while true {
      if let ending = try poll(options: 0) { return ending }
    }
  }

  /// The end, or nil while it runs.
  func poll(options: Int32 = WNOHANG) throws(BenchmarkError) -> Ending? {
    var status: Int32 = 0
    var usage = rusage()
    let answer = wait4(pid, &status, options, &usage)
    if answer == 0 || (answer < 0 && errno == EINTR) { return nil }
    guard answer == pid else { throw .failed("wait4") }
    // The layout of a wait status, whose macros Swift cannot see (wait(2), Linux).
    let signal = status & 0x7F
    return Ending(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
      milliseconds: (ContinuousClock.now - started) / .milliseconds(1),
      peak: Double(usage.ru_maxrss) / 1024)
  }
}
