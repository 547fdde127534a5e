import Music
import Perception
import Screen
import Synchronization
import Taste

@testable import Session

/// The made-up world of a simulation: tracks, a log in memory, and a player of paper.
struct World {
  var tracks: [Track]
  let smartPlaylists = Shared<[SmartPlaylist]>([])
  /// Playlists that lie in folders.
  let found = Shared<[FoundPlaylist]>([])
  var player = PaperPlayer()
  private let memory: Shared<[String: String]>
  /// The playlists, by name.
  let kept = Shared<[String: Playlist]>([:])
  /// What somebody else does to the playlists just before each change is written.
  let meddling = Shared<[@Sendable (inout [String: Playlist]) -> Void]>([])
  /// Names of playlists that cannot be read.
  let unreadable = Shared<Set<String>>([])
  /// No list can be written.
  let isFull = Shared(false)
  private let log = Shared<[Feedback]>([])
  /// The latest last.
  private let calibrations = Shared<[CalibrationOwner: [EmotionCalibration]]>([:])
  /// Whose correction cannot be read.
  let damaged = Shared<Set<CalibrationOwner>>([])

  init(tracks: [Track], memory: [String: String]) {
    self.tracks = tracks
    self.memory = Shared(memory)
  }

  var remembered: [String: String] { memory.value }
  var feedback: [Feedback] { log.value }

  func remember(_ values: [String: String]) {
    memory.change { $0.merge(values) { _, new in new } }
  }

  /// What the interpreter works with.
  var ports: Ports {
    Ports(
      terminal: .silent, catalog: catalog, store: store, playlists: playlists, date: { 0 })
  }

  private var playlists: Playlists {
    let (kept, unreadable, meddling, isFull) = (kept, unreadable, meddling, isFull)
    return Playlists(
      list: {
        kept.value.sorted { $0.key < $1.key }
          .map { PlaylistSummary(name: $0.key, count: $0.value.entries.count) }
      },
      load: { name in
        guard !unreadable.value.contains(name) else {
          throw PlaylistsFault.unreadable(path: "/lists/\(name).m3u8", reason: "not a text file")
        }
        return kept.value[name]
      },
      save: { name, list in
        if isFull.value { throw DiskFull() }
        kept.change { $0[name] = list }
      },
      replace: { name, former, list in
        if isFull.value { throw DiskFull() }
        if let change = meddling.value.first {
          meddling.change { $0.removeFirst() }
          kept.change(change)
        }
        guard kept.value[name] == former else { return false }
        kept.change { $0[name] = list }
        return true
      },
      rename: { name, new in
        guard kept.value[new] == nil else { throw PlaylistsFault.taken(new) }
        kept.change { $0[new] = $0.removeValue(forKey: name) }
      },
      delete: { name in
        let wasThere = kept.value[name] != nil
        kept.change { $0[name] = nil }
        return wasThere
      })
  }

  var catalog: Catalog {
    let (tracks, log) = (tracks, log)
    @Sendable func found(_ query: CatalogQuery) -> [Track] {
      let ratings = log.value.filter {
        $0.kind == .rating && $0.listener.rawValue == query.listener
      }
      return tracks.filter { track in
        query.filter.matches(track, rated: ratings.last { $0.track == track.id }?.value)
      }
    }
    var catalog = Catalog.silent
    catalog.page = { query, range in
      let rows = found(query)
      let window = range.clamped(to: 0..<rows.count)
      return CatalogPage(total: rows.count, rows: Array(rows[window]))
    }
    let (smartPlaylists, isFull) = (smartPlaylists, isFull)
    catalog.smartPlaylists = SmartPlaylists(
      all: { smartPlaylists.value },
      save: { new in
        if isFull.value { throw DiskFull() }
        smartPlaylists.change { all in
          all.removeAll { $0.name == new.name }
          all.append(new)
        }
      },
      rename: { name, new in
        smartPlaylists.change { all in
          all = all.map { $0.name == name ? SmartPlaylist(name: new, text: $0.text) : $0 }
        }
      },
      remove: { name in
        if isFull.value { throw DiskFull() }
        smartPlaylists.change { $0.removeAll { $0.name == name } }
      })
    catalog.total = { query in
      let rows = found(query)
      return CatalogTotal(
        count: rows.count, seconds: rows.reduce(0) { $0 + ($1.tags.duration ?? 0) })
    }
    let lists = self.found
    catalog.foundPlaylists.all = { lists.value }
    catalog.foundPlaylists.load = { path in lists.value.first { $0.path == path } }
    catalog.history = { _, _ in
      TrackRecord(
        added: 1_799_000_000, plays: 3, lastPlayed: 1_799_990_000, rating: 8,
        details: TrackDetails(source: "tracks.csv", valence: 0.5, arousal: -0.25))
    }
    catalog.locate = { places in
      places.map { place in tracks.first { $0.location.isSame(as: place) }?.id }
    }
    catalog.named = { names in
      names.map { name in
        tracks.filter { $0.tags.title == name.title && $0.tags.artist == name.artist }.map(\.id)
      }
    }
    catalog.tracks = { ids in ids.compactMap { id in tracks.first { $0.id == id } } }
    catalog.facts = {
      tracks.map { track in
        TrackFacts(
          id: track.id, artist: Int32((track.id.rawValue - 1) % 10), album: -1,
          mood: .estimate(
            moodTag: track.tags.mood, genre: track.tags.genre, bpm: track.tags.bpm))
      }
    }
    return catalog
  }

  var store: Store {
    let log = log
    var store = Store.silent
    store.record = { feedback in
      log.change { $0.append(feedback) }
      return Int64(log.value.count)
    }
    store.log = { listener, after in
      log.value.enumerated().compactMap { place, feedback in
        let number = Int64(place + 1)
        guard number > after, feedback.listener == listener else { return nil }
        return RecordedFeedback(number: number, feedback: feedback)
      }
    }
    let (calibrations, damaged) = (calibrations, damaged)
    store.calibrations = StoreCalibrations(
      current: { owner in
        if damaged.value.contains(owner) { throw DamagedCalibration(listener: "default") }
        return calibrations.value[owner]?.last
      },
      save: { new, owner in
        damaged.change { $0.remove(owner) }
        calibrations.change { $0[owner, default: []].append(new) }
      },
      undo: { owner in
        if damaged.value.contains(owner) {
          damaged.change { $0.remove(owner) }
          return true
        }
        let wasThere = calibrations.value[owner]?.isEmpty == false
        calibrations.change { _ = $0[owner]?.popLast() }
        return wasThere
      })
    store.listeners = { [.default, Listener(id: ListenerID(2), name: "mia", hasFace: true)] }
    store.change = { change in
      if case .add(let name, _) = change { return Listener(id: ListenerID(3), name: name) }
      return .default
    }
    return store
  }
}

/// What every write comes to on a disk without room.
struct DiskFull: Error, CustomStringConvertible {
  let description = "No space left on device"
}

extension Query {
  /// Finds by title, artist, year and rating: enough for a screen to show what was found.
  func matches(_ track: Track, rated rating: Int?) -> Bool {
    switch self {
    case .everything: true
    case .words(.artist, let text): track.displayArtist.lowercased().contains(text.lowercased())
    case .words(_, let text):
      "\(track.displayTitle) \(track.displayArtist)".lowercased().contains(text.lowercased())
    case .number(.year, let bounds): track.tags.year.map(bounds.contains) ?? false
    case .number(.rating, let bounds): bounds.contains(rating ?? 0)
    case .number: false
    case .not(let part): !part.matches(track, rated: rating)
    case .all(let parts): parts.allSatisfy { $0.matches(track, rated: rating) }
    case .any(let parts): parts.contains { $0.matches(track, rated: rating) }
    }
  }
}

/// A value that several closures of one test share.
final class Shared<Value: Sendable>: Sendable {
  private let storage: Mutex<Value>

  init(_ value: Value) { storage = Mutex(value) }

  var value: Value { storage.withLock { $0 } }

  func change(_ body: (inout Value) -> Void) { storage.withLock { body(&$0) } }
}

/// Behaves as the contract of `Player` says: plays the current piece, goes on to the look-ahead.
struct PaperPlayer {
  /// The length of every song, in seconds.
  static let length = 200.0

  private(set) var playing: PlayID?
  private(set) var lookAhead: PlayID?
  private(set) var position = 0.0
  private(set) var isPaused = false
  private(set) var played: [String] = []
  var broken: Set<String> = []
  private var paths: [PlayID: String] = [:]

  /// Seconds until the song ends; nil where nothing moves.
  var remaining: Double? { playing != nil && !isPaused ? max(0, Self.length - position) : nil }

  mutating func take(_ command: PlayerCommand) -> [Event] {
    switch command {
    case .play(let id, let location, let at):
      paths[id] = location.displayPath
      lookAhead = nil
      isPaused = false
      position = at
      return begin(id)
    case .lookAhead(let id, let location):
      lookAhead = id
      if let id { paths[id] = location?.displayPath }
    case .pause(let isPaused): self.isPaused = isPaused
    case .seek(let to): position = min(max(0, to), Self.length)
    case .stop:
      playing = nil
      lookAhead = nil
    case .prepare: return [.player(.output(name: "paper", isSilent: false))]
    case .volume, .leveling: break
    }
    return []
  }

  /// Plays on; what ends is followed by the look-ahead.
  mutating func move(by seconds: Double) -> [Event] {
    guard let id = playing, !isPaused else { return [] }
    position += max(0, seconds)
    guard position >= Self.length - 0.001 else { return [.player(.position(id, position))] }
    playing = nil
    position = 0
    let next = lookAhead
    lookAhead = nil
    return [.player(.finished(id))] + (next.map { begin($0) } ?? [])
  }

  private mutating func begin(_ id: PlayID) -> [Event] {
    let path = paths[id] ?? ""
    guard !broken.contains(path) else {
      playing = nil
      return [.player(.failed(id, message: "\(path): not a sound file"))]
    }
    playing = id
    played.append(path)
    return [.player(.started(id)), .player(.duration(id, Self.length))]
  }
}
