import Music
import Perception
import Screen
import Taste

/// The whole world as the loop knows it: values with closures, real ones in the program, made-up
/// ones in tests.
package struct Ports: Sendable {
  package var terminal: Terminal
  package var watcher: Watcher
  package var player: Player
  package var catalog: Catalog
  package var store: Store
  package var playlists: Playlists
  /// Reads music beside the loop; `scanProgressed` events, then `scanned` or `failed`.
  package var scan: @Sendable ([String]) -> AsyncStream<Event>
  /// Seconds since 1970.
  package var date: @Sendable () -> Double
  /// What is worth knowing later goes to the log file.
  package var log: @Sendable (String) -> Void
  /// How the network's answers become a mood.
  package var moodSettings: MoodSettings

  package init(
    terminal: Terminal, watcher: Watcher = .silent, player: Player = .silent,
    catalog: Catalog = .silent, store: Store = .silent, playlists: Playlists = .silent,
    scan: @escaping @Sendable ([String]) -> AsyncStream<Event> = { _ in
      AsyncStream { $0.finish() }
    },
    date: @escaping @Sendable () -> Double, log: @escaping @Sendable (String) -> Void = { _ in },
    moodSettings: MoodSettings = MoodSettings()
  ) {
    self.terminal = terminal
    self.watcher = watcher
    self.player = player
    self.catalog = catalog
    self.store = store
    self.playlists = playlists
    self.scan = scan
    self.date = date
    self.log = log
    self.moodSettings = moodSettings
  }
}
