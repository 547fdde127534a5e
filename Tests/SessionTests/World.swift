import Music
import Perception
import Synchronization
import Taste

@testable import Session

/// The made-up world of a simulation: tracks, a log in memory, and a player of paper.
struct World {
  let tracks: [Track]
  var player = PaperPlayer()
  private let memory: Shared<[String: String]>
  private let log = Shared<[Feedback]>([])
  /// The latest last.
  private let calibrations = Shared<[CalibrationOwner: [EmotionCalibration]]>([:])

  init(tracks: [Track], memory: [String: String]) {
    self.tracks = tracks
    self.memory = Shared(memory)
  }

  var remembered: [String: String] { memory.value }
  var feedback: [Feedback] { log.value }

  func remember(_ values: [String: String]) {
    memory.change { $0.merge(values) { _, new in new } }
  }

  var catalog: Catalog {
    let tracks = tracks
    var catalog = Catalog.silent
    catalog.page = { query, range in
      let words = query.text.lowercased()
      let rows = tracks.filter {
        words.isEmpty || "\($0.displayTitle) \($0.displayArtist)".lowercased().contains(words)
      }
      let window = range.clamped(to: 0..<rows.count)
      return CatalogPage(total: rows.count, rows: Array(rows[window]))
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
    let calibrations = calibrations
    store.calibrations = StoreCalibrations(
      current: { calibrations.value[$0]?.last },
      save: { new, owner in calibrations.change { $0[owner, default: []].append(new) } },
      undo: { owner in
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
