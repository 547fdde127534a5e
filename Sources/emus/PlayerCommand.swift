import Foundation
import Glibc
import LibraryFiles
import Music
import Perception
import PlaybackMpv
import Screen
import Session
import StoreSQLite
import Taste
import TerminalNcurses

/// The player itself: opens the terminal first and everything slow after the first paint.
@MainActor
struct PlayerCommand {
  var source: String?
  var user: String?
  var freshDatabase: Bool
  var demoFallback: Bool
  var classifier: ClassifierKind
  var home: Home

  func run() async throws {
    Allocator.spareMemory()
    let installation = Installation()
    try home.make()
    let lock = try playerLock()
    defer { withExtendedLifetime(lock) {} }
    let configuration = ConfigurationFile(home: home, installation: installation)
    let log = LogFile(path: home.log)
    for problem in configuration.problems { log.write(problem) }
    let settings = settings(configuration)
    guard isatty(0) == 1, isatty(1) == 1 else {
      throw Failure(.unavailable, "the player needs a terminal; emus --once works without one")
    }
    // Opened beside the terminal; a fault is told in plain text after the terminal is given back.
    let opening = open(home, fresh: freshDatabase)
    // Foreign libraries print to stderr: into the log, until the terminal is given back.
    let errors = fcntl(2, F_DUPFD_CLOEXEC, 3)
    defer {
      if errors >= 0 {
        dup2(errors, 2)
        close(errors)
      }
    }
    let terminal = Terminal.live()
    let size = try open(terminal)
    defer { terminal.close() }
    var state = State(
      size: size, settings: settings, keymap: configuration.keymap,
      themes: configuration.themes, seed: UInt64.random(in: 0...(.max)))
    terminal.draw(view(state))
    let database = try await opening.value
    let store = Store.live(database)
    state.asksWhoIsThere = source == nil && settings.source != .demo
    if let user { state.listener = try await store.listener(named: user) }
    if let problem = configuration.problems.first {
      let more = configuration.problems.count - 1
      state.announce(problem + (more > 0 ? " (\(more) more in \(home.log))" : ""))
    }
    let ports = ports(
      terminal: terminal, store: store, database: database, installation: installation,
      log: log, settings: settings)
    await Runtime(state: state, ports: ports, clock: ContinuousClock()).run()
  }

  /// Opens the database on a thread of its own: it may wait for a lock.
  private func open(_ home: Home, fresh: Bool) -> Task<EmusDatabase, any Error> {
    Task.detached {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { @Sendable in
          continuation.resume(
            with: Result { try OpenDatabase.existingOrNew(home, fresh: fresh) })
        }
      }
    }
  }

  private func playerLock() throws -> HomeLock {
    switch try HomeLock.acquire(.player, in: home.state) {
    case .acquired(let lock): return lock
    case .heldBy(pid: let pid):
      let who = pid.map { " (process \($0))" } ?? ""
      throw Failure(.failed, "EMUS already runs in this home\(who)")
    }
  }

  private func settings(_ configuration: ConfigurationFile) -> Settings {
    var settings = configuration.settings
    if let source {
      let wanted = ImageSource(argument: source)
      settings.source = wanted == .none ? nil : wanted
    } else if demoFallback, case .camera? = settings.source, !Self.hasCamera {
      settings.source = .demo
    } else if case .camera? = settings.source, !Self.hasCamera {
      settings.looksAtStart = false
    }
    return settings
  }

  static var hasCamera: Bool {
    (0..<10).contains { FileManager.default.fileExists(atPath: "/dev/video\($0)") }
  }

  private func open(_ terminal: Screen.Terminal) throws -> Size {
    do {
      try StandardError.redirect(to: home.log)
      return try terminal.open()
    } catch {
      throw Failure(.unavailable, "\(error)")
    }
  }

  private func ports(
    terminal: Screen.Terminal, store: Store, database: EmusDatabase,
    installation: Installation, log: LogFile, settings: Settings
  ) -> Ports {
    let eye = EyeSession(classifier: classifier)
    let scanner = ScanProcess(executable: installation.executable, home: home)
    let catalog = DemoLibrary.joined(
      to: Catalog.stored(in: database), installation: installation)
    return Ports(
      terminal: terminal, watcher: eye.watcher { log.write($0) },
      player: Player.live(options: .environment),
      catalog: catalog, store: store, playlists: .live(folder: home.playlists),
      scan: { scanner.run($0) }, folders: KnownFolders.changes(in: catalog),
      date: { Date().timeIntervalSince1970 },
      log: { log.write($0) },
      moodSettings: NetworkCard.moodSettings(
        installation, classifier, isDemo: settings.source == .demo))
  }
}
