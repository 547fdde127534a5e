import Foundation
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
  var home: Home

  func run() async throws {
    let installation = Installation()
    try home.make()
    let lock = try playerLock()
    defer { withExtendedLifetime(lock) {} }
    let configuration = ConfigurationFile(home: home, installation: installation)
    let log = LogFile(path: home.log)
    for problem in configuration.problems { log.write(problem) }
    let settings = settings(configuration)
    // Opened beside the terminal; a fault is told in plain text after the terminal is given back.
    let opening = Task.detached { [home, freshDatabase] in
      try OpenDatabase.existingOrNew(home, fresh: freshDatabase)
    }
    let terminal = Terminal.live()
    let size = try open(terminal)
    var state = State(
      size: size, settings: settings, keymap: configuration.keymap,
      themes: configuration.themes, seed: UInt64.random(in: 0...(.max)))
    terminal.draw(view(state))
    do {
      let database = try await opening.value
      let store = Store.live(database)
      state.asksWhoIsThere = source == nil && settings.source != .demo
      if let user { state.listener = try await store.listener(named: user) }
      if let problem = configuration.problems.first { state.announce(problem) }
      let ports = ports(
        terminal: terminal, store: store, database: database, installation: installation,
        log: log, settings: settings)
      await Runtime(state: state, ports: ports, clock: ContinuousClock()).run()
      terminal.close()
    } catch {
      terminal.close()
      throw error
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
    } else if demoFallback, !Self.hasCamera {
      settings.source = .demo
    } else if case .camera? = settings.source, !Self.hasCamera {
      settings.looksAtStart = false
    }
    return settings
  }

  private static var hasCamera: Bool {
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
    let eye = EyeSession(home: home)
    let scanner = ScanProcess(executable: installation.executable, home: home)
    return Ports(
      terminal: terminal, watcher: eye.watcher { log.write($0) },
      player: Player.live(options: .environment),
      catalog: DemoLibrary.joined(to: Catalog.stored(in: database), installation: installation),
      store: store, scan: { scanner.run($0) }, date: { Date().timeIntervalSince1970 },
      log: { log.write($0) },
      moodSettings: NetworkCard.moodSettings(installation, isDemo: settings.source == .demo))
  }
}
