/// What plays, what comes next and what was played: the queue is ours, the player only ever hears
/// of the current entry and of `next`. Stands between recommendation and playback.
///
/// A pure value. It refuses to lose an entry of the listener's: only playing it, `remove` and
/// `clear` take one out. It knows no titles, no files and no player.
package struct Queue: Equatable, Sendable {
  /// Who put an entry here.
  package enum Origin: Equatable, Sendable {
    case listener
    /// The recommender, with the rating it expects, 1...10.
    case recommended(score: Double)
  }

  /// A song on its way into the queue.
  package struct Pick: Equatable, Sendable {
    package var track: TrackID
    package var origin: Origin
    /// Why it is here, in words for people; the strongest first. Empty for the listener's own.
    package var reasons: [String]

    package init(track: TrackID, origin: Origin = .listener, reasons: [String] = []) {
      self.track = track
      self.origin = origin
      self.reasons = reasons
    }
  }

  /// A song in the queue.
  package struct Entry: Equatable, Sendable {
    /// Names this one playing for the player too. Never used twice by one queue.
    package let id: PlayID
    package var pick: Pick

    package var track: TrackID { pick.track }
    package var origin: Origin { pick.origin }
    package var reasons: [String] { pick.reasons }
    package var isRecommended: Bool { pick.origin != .listener }
  }

  /// What plays, or nil.
  package private(set) var current: Entry?
  /// What comes after `current`, in order.
  package private(set) var upcoming: [Entry] = []
  /// What was played, oldest first, at most `historyLimit`.
  package private(set) var history: [Entry] = []

  package let historyLimit: Int
  private var lastID: UInt64 = 0

  package init(historyLimit: Int = 200) { self.historyLimit = max(0, historyLimit) }

  /// The look-ahead: what the player should have ready.
  package var next: Entry? { upcoming.first }

  /// True where nothing plays and nothing comes.
  package var isEmpty: Bool { current == nil && upcoming.isEmpty }

  /// The tracks that play or come; a recommendation should not repeat them.
  package var tracks: Set<TrackID> {
    var result = Set(upcoming.map(\.track))
    if let current { result.insert(current.track) }
    return result
  }

  /// True where fewer than `minimum` entries come.
  package func needsRefill(minimum: Int) -> Bool { upcoming.count < minimum }

  /// The place of an entry in `upcoming`, or nil.
  package func place(of id: PlayID) -> Int? { upcoming.firstIndex { $0.id == id } }
}

// MARK: - Filling

extension Queue {
  /// Adds at the end.
  @discardableResult
  package mutating func append(_ pick: Pick) -> Entry {
    let entry = makeEntry(pick)
    upcoming.append(entry)
    return entry
  }

  /// Adds at the end, in order.
  package mutating func append(contentsOf picks: [Pick]) {
    for pick in picks { append(pick) }
  }

  /// Adds right after the current entry.
  @discardableResult
  package mutating func insertNext(_ pick: Pick) -> Entry {
    let entry = makeEntry(pick)
    upcoming.insert(entry, at: 0)
    return entry
  }

  /// Adds in order at a place in `upcoming`, clamped to its ends.
  package mutating func insert(contentsOf picks: [Pick], at place: Int) {
    let entries = picks.map { makeEntry($0) }
    upcoming.insert(contentsOf: entries, at: min(max(place, 0), upcoming.count))
  }

  /// Puts new recommendations into the places of the old ones, as a change of mood does.
  ///
  /// The listener's entries and `current` stay where they are. Old recommendations without a
  /// successor go, new ones without a place are added at the end.
  package mutating func replaceRecommended(with picks: [Pick]) {
    var rest = picks[...]
    var result: [Entry] = []
    for entry in upcoming {
      if !entry.isRecommended {
        result.append(entry)
      } else if let pick = rest.popFirst() {
        result.append(makeEntry(pick))
      }
    }
    result.append(contentsOf: rest.map { makeEntry($0) })
    upcoming = result
  }

  private mutating func makeEntry(_ pick: Pick) -> Entry {
    lastID += 1
    return Entry(id: PlayID(rawValue: lastID), pick: pick)
  }
}

// MARK: - Taking out and reordering

extension Queue {
  /// Takes one entry out of `upcoming`; nil where there is none of that id.
  @discardableResult
  package mutating func remove(_ id: PlayID) -> Entry? {
    guard let place = place(of: id) else { return nil }
    return upcoming.remove(at: place)
  }

  /// Moves an entry to a place in `upcoming`, clamped to its ends; false where there is none.
  @discardableResult
  package mutating func move(_ id: PlayID, to place: Int) -> Bool {
    guard let entry = remove(id) else { return false }
    upcoming.insert(entry, at: min(max(place, 0), upcoming.count))
    return true
  }

  /// Takes out everything that comes; `current` goes on.
  package mutating func clear() { upcoming = [] }
}

// MARK: - Playing

extension Queue {
  /// Goes to the next entry and returns it; nil where the queue ran out.
  ///
  /// - Parameter remembering: false where the current entry could not be played, so that `back`
  ///   does not lead to it again.
  /// - Returns: what plays now.
  @discardableResult
  package mutating func advance(remembering: Bool = true) -> Entry? {
    leaveCurrent(remembering: remembering)
    current = upcoming.isEmpty ? nil : upcoming.removeFirst()
    return current
  }

  /// Plays an upcoming entry now; those before it stay and come after it.
  ///
  /// Nil, and nothing changes, where there is none of that id.
  @discardableResult
  package mutating func jump(to id: PlayID) -> Entry? {
    guard let entry = remove(id) else { return nil }
    leaveCurrent(remembering: true)
    current = entry
    return entry
  }

  /// Goes back to what was played before and returns it; the current entry comes next again.
  ///
  /// Both get new ids, for both will be played anew. Nil, and nothing changes, where there is no
  /// history.
  @discardableResult
  package mutating func back() -> Entry? {
    guard let previous = history.popLast() else { return nil }
    if let current { insertNext(current.pick) }
    current = makeEntry(previous.pick)
    return current
  }

  private mutating func leaveCurrent(remembering: Bool) {
    guard let current else { return }
    self.current = nil
    guard remembering else { return }
    history.append(current)
    if history.count > historyLimit { history.removeFirst(history.count - historyLimit) }
  }
}
