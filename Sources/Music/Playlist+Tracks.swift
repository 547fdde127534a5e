/// From the entries of a playlist to the tracks of the catalogue: by path, then by title and artist
/// where exactly one song has them.
extension Playlist {
  /// What an entry is in the catalogue.
  package enum Found: Equatable, Sendable {
    case byPath(TrackID)
    /// No path leads to it, and one song is called as the entry says.
    case byName(TrackID)
    /// Several songs are called so.
    case several
    case nothing

    package var track: TrackID? {
      switch self {
      case .byPath(let id), .byName(let id): id
      case .several, .nothing: nil
      }
    }
  }

  /// What the entries are, in their order.
  package func located(in catalog: Catalog) async throws -> [Found] {
    try await Self.located(entries, in: catalog)
  }

  /// The same of the entries of many lists: the catalogue is asked twice at most.
  package static func located(_ entries: [Entry], in catalog: Catalog) async throws -> [Found] {
    let places = entries.map(\.locations)
    var known = try await catalog.locate(places.flatMap(\.self))[...]
    var found: [Found] = places.map { places in
      defer { known = known.dropFirst(places.count) }
      return known.prefix(places.count).compactMap(\.self).first.map { .byPath($0) } ?? .nothing
    }
    let unknown = entries.indices.filter { found[$0] == .nothing }
    let names = unknown.map { entries[$0].names }
    guard names.contains(where: { !$0.isEmpty }) else { return found }
    var named = try await catalog.named(names.flatMap(\.self))[...]
    for (place, names) in zip(unknown, names) {
      let tracks = Set(named.prefix(names.count).flatMap(\.self))
      named = named.dropFirst(names.count)
      guard let track = tracks.first else { continue }
      found[place] = tracks.count == 1 ? .byName(track) : .several
    }
    return found
  }
}

/// What a song is called, as far as it takes to know it again.
package struct SongName: Hashable, Sendable {
  package var title: String
  package var artist: String

  package init(title: String, artist: String) {
    self.title = title
    self.artist = artist
  }
}

extension Playlist.Entry {
  /// What the song may be called; nothing where the list does not tell title and artist. Most formats
  /// have them in one field, and an artist may have a dash in the name.
  package var names: [SongName] {
    guard let title, let artist else { return [] }
    let parts = "\(artist) - \(title)".split(separator: " - ")
    let mostDashes = 4
    guard (2...(mostDashes + 1)).contains(parts.count) else {
      return [SongName(title: title, artist: artist)]
    }
    return (1..<parts.count).map { place in
      SongName(
        title: parts[place...].joined(separator: " - "),
        artist: parts[..<place].joined(separator: " - "))
    }
  }
}
