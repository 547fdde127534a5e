/// Finds the tracks of the catalogue that a row of another program's list means: by path, then by
/// title and artist, then by a title alone, each step less certain than the one before.
///
/// It holds names and numbers only, for as long as an import lasts. Where several songs fit a loose
/// name or a title alone it says so rather than choosing one.
package struct TrackMatcher {
  package enum Way: String, Sendable {
    case path, tags
    /// The row has no artist.
    case title
  }

  package struct Match: Equatable, Sendable {
    /// More than one where the same song is there more than once.
    package var tracks: [TrackID]
    /// 1 for the path or the very same names, 0.9 with case and accents apart, 0.7 without brackets
    /// and versions, 0.6 by the first of several artists, 0.5 by a title alone.
    package var certainty: Double
    package var way: Way
  }

  /// Why a row has no track.
  package enum Miss: String, Error, Sendable {
    case unknown = "no such song in the library"
    case several = "several songs fit"
    case nameless = "no title and artist to look for"
  }

  private struct Name: Hashable {
    var title: String
    var artist: String
  }

  private let fold: (String) -> String
  /// Whole files and pieces, by the file's path.
  private var paths: [[UInt8]: [(location: Location, track: TrackID)]] = [:]
  /// By certainty, the surest first.
  private var names: [(certainty: Double, tracks: [Name: [TrackID]])]
  /// By the folded title.
  private var titles: [String: [TrackID]] = [:]
  /// The folded album of a track.
  private var albums: [TrackID: String] = [:]

  /// - Parameter fold: Makes case and accents equal, as the catalogue's search does.
  package init(fold: @escaping (String) -> String) {
    self.fold = fold
    names = [1, 0.9, 0.7, 0.6].map { ($0, [:]) }
  }

  package mutating func add(_ track: Track) {
    paths[track.location.path, default: []].append((track.location, track.id))
    if let album = track.tags.album { albums[track.id] = fold(album) }
    guard let title = track.tags.title else { return }
    titles[fold(title), default: []].append(track.id)
    guard let artist = track.tags.artist ?? track.tags.albumArtist else { return }
    var forms = NameForms(Name(title: title, artist: artist), fold)
    for step in names.indices {
      if let name = forms[step] { names[step].tracks[name, default: []].append(track.id) }
    }
  }

  /// The tracks that a row means. A row that names neither a file of this machine nor an artist is
  /// looked for by its title alone where `takesTitles` is set.
  package func match(
    places: [Location], title: String?, artist: String?, album: String? = nil,
    takesTitles: Bool = false
  ) -> Result<Match, Miss> {
    if let track = places.lazy.compactMap(track).first {
      return .success(Match(tracks: [track], certainty: 1, way: .path))
    }
    guard let title, let artist else {
      if takesTitles, places.isEmpty, let title { return match(title: title, album: album) }
      return .failure(places.isEmpty ? .nameless : .unknown)
    }
    var forms = NameForms(Name(title: title, artist: artist), fold)
    for step in names.indices {
      guard let name = forms[step], let found = names[step].tracks[name] else { continue }
      let same = onAlbum(album, found)
      let isLoose = names[step].certainty < 0.9
      if isLoose, same.count > 1 { return .failure(.several) }
      return .success(Match(tracks: same, certainty: names[step].certainty, way: .tags))
    }
    return .failure(.unknown)
  }

  /// The whole file, or the piece that begins at the same time.
  private func track(_ place: Location) -> TrackID? {
    paths[place.path]?.first { $0.location.isSame(as: place) }?.track
  }

  private func match(title: String, album: String?) -> Result<Match, Miss> {
    let same = onAlbum(album, titles[fold(title)] ?? [])
    guard let track = same.first else { return .failure(.unknown) }
    guard same.count == 1 else { return .failure(.several) }
    return .success(Match(tracks: [track], certainty: 0.5, way: .title))
  }

  /// Those on the album, where it is known and tells them apart.
  private func onAlbum(_ album: String?, _ tracks: [TrackID]) -> [TrackID] {
    guard tracks.count > 1, let album = album.map(fold) else { return tracks }
    let same = tracks.filter { albums[$0] == album }
    return same.isEmpty ? tracks : same
  }
}

extension TrackMatcher {
  /// A name at each step of certainty, each made when it is asked for: of most rows only the first is.
  private struct NameForms {
    private let exact: Name
    private let fold: (String) -> String
    private lazy var folded = Name(title: fold(exact.title), artist: fold(exact.artist))
    private lazy var bareTitle = LooseName.title(folded.title)

    init(_ exact: Name, _ fold: @escaping (String) -> String) {
      self.exact = exact
      self.fold = fold
    }

    /// Nil where nothing is left of the name.
    subscript(step: Int) -> Name? {
      mutating get {
        switch step {
        case 0: exact
        case 1: folded
        case 2: name(LooseName.artist(folded.artist))
        default: name(LooseName.first(folded.artist))
        }
      }
    }

    private mutating func name(_ artist: String) -> Name? {
      bareTitle.isEmpty || artist.isEmpty ? nil : Name(title: bareTitle, artist: artist)
    }
  }
}

/// Names as far as two programs agree on them: without brackets, versions, guests and punctuation.
/// Takes folded text.
enum LooseName {
  private static let versions = ["remaster", "version", "edit", "mono", "stereo", "single"]
  private static let guests = [" feat. ", " feat ", " ft. ", " ft ", " featuring "]
  private static let conjunctions = [
    ";", ",", "/", " & ", " and ", " x ", " vs. ", " vs ", " with ",
  ]

  static func title(_ text: String) -> String {
    var text = withoutBrackets(text)
    text = cut(text, at: guests)
    if let dash = range(of: " - ", in: text),
      versions.contains(where: { range(of: $0, in: String(text[dash...])) != nil })
    {
      text = String(text[..<dash])
    }
    return letters(text)
  }

  static func artist(_ text: String) -> String {
    withoutArticle(letters(cut(withoutBrackets(text), at: guests)))
  }

  /// The first of several artists.
  static func first(_ text: String) -> String {
    withoutArticle(letters(cut(withoutBrackets(text), at: guests + conjunctions)))
  }

  private static func withoutArticle(_ text: String) -> String {
    text.hasPrefix("the ") ? String(text.dropFirst(4)) : text
  }

  /// Up to the first of the separators, unless nothing stands before it.
  private static func cut(_ text: String, at separators: [String]) -> String {
    let places = separators.compactMap { range(of: $0, in: text) }
    guard let first = places.min(), first > text.startIndex else { return text }
    return String(text[..<first])
  }

  private static func withoutBrackets(_ text: String) -> String {
    guard text.utf8.contains(where: { brackets.contains($0) }) else { return text }
    var depth = 0
    var result = ""
    for character in text {
      switch character {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth = max(0, depth - 1)
      default: if depth == 0 { result.append(character) }
      }
    }
    return letters(result).isEmpty ? text : result
  }

  private static let brackets = Array("([{".utf8)

  /// Letters and digits, with one blank where anything else stood between them.
  private static func letters(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return plainLetters(text) }
    return text.split { !($0.isLetter || $0.isNumber || $0 == "'") }.joined(separator: " ")
      .split(separator: "'").joined()
  }

  /// The same of ASCII, as nearly all folded names are, without a look at each character's properties.
  private static func plainLetters(_ text: String) -> String {
    var result: [UInt8] = []
    var isBetween = false
    var hasWord = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "'"):
        if isBetween, hasWord { result.append(UInt8(ascii: " ")) }
        isBetween = false
        hasWord = true
        if byte != UInt8(ascii: "'") { result.append(byte) }
      default: isBetween = true
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// By bytes: every table of a hundred thousand rows asks for this some million times.
  private static func range(of part: String, in text: String) -> String.Index? {
    let (bytes, wanted) = (text.utf8, part.utf8)
    guard let first = wanted.first else { return nil }
    var start = bytes.startIndex
    while let hit = bytes[start...].firstIndex(of: first) {
      if bytes[hit...].starts(with: wanted) { return hit }
      start = bytes.index(after: hit)
    }
    return nil
  }
}
