import Taste

/// Everything that the player can be told, by key, by the `:` line or by the configuration.
///
/// A command is a value; `Command.parse` reads it from words, `CommandTable` names it for people.
package enum Command: Equatable, Sendable {
  case quit
  case help
  case redraw
  case cancel
  case prompt
  case view(Section)
  case viewStep(Int)
  case move(Motion)
  case activate
  case pause
  case next
  case previous
  case replay
  case seek(Seek)
  case volume(Adjustment)
  case rate(Int)
  case queueAdd
  case queueAddNext
  case queueRemove
  case queueClear
  case queueMove(Int)
  case search(String?)
  case searchStep(Int)
  case smart(SmartCommand)
  case mood(MoodCommand)
  case policy(Policy?)
  case camera(Switch)
  case user(String)
  case register(String?)
  case calibrate(undoes: Bool)
  case playlist(PlaylistCommand)
  case list(ListCommand)
  case details
  case scan([String])
  case set(Setting)
  case bind(Binding)

  package enum Motion: Equatable, Sendable {
    case by(Int)
    case page(Double)
    case top, bottom
  }

  package enum Seek: Equatable, Sendable {
    /// Seconds from here.
    case by(Double)
    /// Seconds from the start.
    case to(Double)
  }

  package enum Adjustment: Equatable, Sendable {
    case by(Int)
    case to(Int)
  }

  package enum Switch: Equatable, Sendable { case on, off, toggle }

  package enum SmartCommand: Equatable, Sendable {
    case list
    case open(String)
    /// Without a query: what is being searched for.
    case save(String, query: String?)
    case remove(String)
  }

  package enum PlaylistCommand: Equatable, Sendable {
    /// Keeps the listener's own songs of the queue under a name.
    case save(String)
    /// Keeps those that the recommender chose too.
    case saveAll(String)
    /// Puts a playlist in the place of what comes.
    case load(String)
    /// Adds the selected song.
    case add(String)
    case delete(String)
  }

  /// What the playlists screen does with what is selected there.
  package enum ListCommand: String, CaseIterable, Equatable, Sendable {
    /// In the place of what comes, at once.
    case play
    /// Keeps the queue under a name that is asked for.
    case new
    case rename
    /// The query of a smart playlist.
    case edit
    /// Brings back what was dropped last.
    case undo
  }

  package enum MoodCommand: Equatable, Sendable {
    /// Opens the field of moods.
    case choose
    /// -1...1 each.
    case set(valence: Double, arousal: Double)
    /// One of the words that `NamedMood` knows.
    case word(String)
    /// Gives the mood back to the camera.
    case auto
  }
}

/// The screens that a listener can switch between, in the order of the tabs.
package enum Section: String, CaseIterable, Sendable {
  case now, queue, library, playlists, mood

  package var title: String {
    switch self {
    case .now: "Now"
    case .queue: "Queue"
    case .library: "Library"
    case .playlists: "Playlists"
    case .mood: "Mood"
    }
  }
}
