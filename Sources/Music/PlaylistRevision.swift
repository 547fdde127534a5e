/// A playlist under whose name the queue is kept: what the queue holds, and what it could not hold of
/// the list before.
///
/// A pure value. It refuses to lose an entry that the listener did not take out: songs that the
/// library lacks, addresses, those of a longer list that were never queued, and those that were
/// played already stay where they stood, behind the same neighbour.
package struct PlaylistRevision: Equatable, Sendable {
  package private(set) var entries: [Playlist.Entry] = []
  /// Entries of the list before that stay and are not in the library.
  package private(set) var absent = 0
  /// Entries of the list before that stay and are in the library, but not in the queue.
  package private(set) var waiting = 0
  /// Entries of the list before that are no more.
  package private(set) var dropped = 0

  /// - Parameters:
  ///   - former: The list before.
  ///   - tracks: What its entries are; nil where the library lacks one.
  ///   - queue: What is kept, in order.
  ///   - removed: How often the listener took a song of the list out of the queue; nil where the
  ///     list never was in the queue, which then takes the place of all that the library has of it.
  package init(
    of former: Playlist, tracks: [TrackID?], queue: [Track], removed: [TrackID: Int]?
  ) {
    let places = Self.places(of: queue.map(\.id), in: tracks)
    let queued = Set(places.compactMap(\.self))
    var removed = removed
    var stays: [Int] = []
    for (place, track) in tracks.enumerated() where !queued.contains(place) {
      if let track {
        guard removed != nil, !Self.take(track, from: &removed) else {
          dropped += 1
          continue
        }
        waiting += 1
      } else {
        absent += 1
      }
      stays.append(place)
    }
    join(former.entries, queue, places, stays)
  }

  private static func take(_ track: TrackID, from removed: inout [TrackID: Int]?) -> Bool {
    guard let count = removed?[track], count > 0 else { return false }
    removed?[track] = count - 1
    return true
  }

  /// Where each song of the queue stood in the list; of a song that stands there twice the first
  /// place first.
  private static func places(of queue: [TrackID], in tracks: [TrackID?]) -> [Int?] {
    var free: [TrackID: [Int]] = [:]
    for (place, track) in tracks.enumerated().reversed() {
      if let track { free[track, default: []].append(place) }
    }
    return queue.map { free[$0]?.popLast() }
  }

  /// The queue in its order; what stays comes behind the entry that it stood behind, or, where none
  /// stands before it, before the one that follows.
  private mutating func join(
    _ former: [Playlist.Entry], _ queue: [Track], _ places: [Int?], _ stays: [Int]
  ) {
    let queued = places.compactMap(\.self).sorted()
    var followers: [Int: [Int]] = [:]
    var leading: [Int] = []
    var next = 0
    for place in stays {
      while next < queued.count, queued[next] < place { next += 1 }
      if next == 0 {
        leading.append(place)
      } else {
        followers[queued[next - 1], default: []].append(place)
      }
    }
    if queued.isEmpty { entries += leading.map { former[$0] } }
    for (track, place) in zip(queue, places) {
      guard let place else {
        entries.append(Playlist.Entry(track))
        continue
      }
      if place == queued.first { entries += leading.map { former[$0] } }
      entries.append(former[place])
      entries += followers[place, default: []].map { former[$0] }
    }
  }
}
