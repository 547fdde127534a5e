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
  package var folders: FolderChanges
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
    folders: FolderChanges = .silent,
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
    self.folders = folders
    self.date = date
    self.log = log
    self.moodSettings = moodSettings
  }
}

/// The port to changes in the known folders.
package struct FolderChanges: Sendable {
  /// Watches the folders that are known by now, or none any more. Does not wait.
  package var follow: @Sendable (Bool) -> Void
  /// `foldersChanged` events, and `failed` ones where not everything can be watched; for one reader.
  package var events: @Sendable () -> AsyncStream<Event>

  package init(
    follow: @escaping @Sendable (Bool) -> Void,
    events: @escaping @Sendable () -> AsyncStream<Event>
  ) {
    self.follow = follow
    self.events = events
  }

  /// Nothing ever changes.
  package static let silent = FolderChanges(
    follow: { _ in }, events: { AsyncStream { $0.finish() } })
}
