/// A cue sheet: which pieces are where in which file. Foreign text, read line by line; what is not
/// understood is passed over, and nothing in it can make it fail but that no piece is found.
/// It names files and opens none.
package struct CueSheet: Equatable, Sendable {
  /// One piece, in the order of the sheet.
  package struct Piece: Equatable, Sendable {
    /// The file as the sheet names it: bytes, perhaps with folders before the name.
    package var file: [UInt8]
    /// As the sheet counts, 1...99.
    package var number: Int
    /// Seconds from the file's start (`INDEX 01`).
    package var start: Double
    /// Seconds from the file's start, where another piece of the same file begins; nil until `cut`.
    package var end: Double?
    package var title: String?
    package var performer: String?
    package var genre: String?
  }

  /// A track of which no piece can be made.
  package struct LeftOut: Equatable, Sendable {
    package enum Reason: Sendable {
      case noBeginning
      /// Of the same file.
      case notAfterPrevious
      case behindTheEnd
    }

    package var number: Int
    package var reason: Reason

    package init(number: Int, reason: Reason) {
      self.number = number
      self.reason = reason
    }
  }

  package var title: String?
  package var performer: String?
  package var genre: String?
  package var date: String?
  package var disc: Int?
  /// All that have a beginning, in whatever order, without ends.
  package var tracks: [Piece] = []
  /// Tracks without a beginning.
  package var leftOut: [LeftOut] = []

  /// Bytes that a sheet may have; what is longer is none.
  package static let sizeLimit = 262_144
  /// More tracks than a sheet has numbers for, for those that count on.
  static let pieceLimit = 999

  /// Reads a sheet in UTF-8 or UTF-16 (by its mark) or, where it is no UTF-8, in Latin-1. Nil where
  /// it holds no piece.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.sizeLimit else { return nil }
    var reader = Reader(text: CueText(bytes))
    reader.read()
    guard !reader.sheet.tracks.isEmpty else { return nil }
    self = reader.sheet
  }

  fileprivate init() {}

  /// The pieces that tracks make of a file of so many seconds, nil where nobody knows, and the
  /// tracks that make none.
  ///
  /// One that begins behind the end bounds no other. A piece ends where the next of its file begins;
  /// one that does not come after it is left out.
  package static func cut(
    _ tracks: [Piece], length: Double?
  ) -> (pieces: [Piece], leftOut: [LeftOut]) {
    var kept: [Piece] = []
    var leftOut: [LeftOut] = []
    for track in tracks {
      guard track.start < length ?? .infinity else {
        leftOut.append(LeftOut(number: track.number, reason: .behindTheEnd))
        continue
      }
      if let last = kept.last, last.file == track.file {
        guard track.start > last.start else {
          leftOut.append(LeftOut(number: track.number, reason: .notAfterPrevious))
          continue
        }
        kept[kept.count - 1].end = track.start
      }
      kept.append(track)
    }
    return (kept, leftOut)
  }

  /// The tags of a piece: what the sheet says of it, and of the rest what the file says.
  package func tags(of piece: Piece, over tags: Tags) -> Tags {
    var result = tags
    result.title = piece.title
    result.artist = piece.performer ?? performer ?? tags.artist
    result.album = title ?? tags.album ?? tags.title
    result.albumArtist = performer ?? tags.albumArtist
    result.year = date.flatMap(Self.year) ?? tags.year
    result.track = piece.number
    result.disc = disc ?? tags.disc
    result.rating = nil
    result.cueSheet = nil
    if piece.performer != nil || performer != nil { result.details.artists = [] }
    if let text = piece.genre ?? genre {
      let genres = GenreText.parted(text)
      result.genre = genres.isEmpty ? tags.genre : genres.joined(separator: "; ")
      result.details.genres = genres.count > 1 ? genres : []
    }
    result.details.recordingID = nil
    let end = min(piece.end ?? .infinity, tags.duration ?? .infinity)
    result.duration = end.isFinite ? max(0, end - piece.start) : nil
    return result
  }

  /// The first four digits in a row.
  private static func year(_ date: String) -> Int? {
    let runs = date.split { !("0"..."9").contains($0) }
    return runs.first { $0.count == 4 }.flatMap { Int($0) }
  }
}

/// Goes through the lines of a sheet with the file and the piece that are in force.
private struct Reader {
  let text: CueText
  var sheet = CueSheet()
  private var file: [UInt8]?
  /// The piece whose lines are being read; it counts once it has a beginning.
  private var piece: CueSheet.Piece?
  private var isAudio = false
  private var hasStart = false

  init(text: CueText) { self.text = text }

  mutating func read() {
    for line in text.bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      take(CueWords(line))
    }
    finishPiece()
  }

  private mutating func take(_ words: CueWords) {
    switch words.keyword {
    case "FILE": file = words.file
    case "TRACK": begin(words)
    case "INDEX": index(words)
    case "TITLE": set(\.title, \.title, words, 0)
    case "PERFORMER": set(\.performer, \.performer, words, 0)
    case "REM": remark(words)
    default: break
    }
  }

  private mutating func remark(_ words: CueWords) {
    switch words.name(0) {
    case "GENRE": set(\.genre, \.genre, words, 1)
    case "DATE" where piece == nil: sheet.date = text.clean(words.text(1))
    case "DISCNUMBER" where piece == nil: sheet.disc = words.number(1)
    default: break
    }
  }

  /// Of the piece that is being read, or of the whole where there is none yet.
  private mutating func set(
    _ ofSheet: WritableKeyPath<CueSheet, String?>,
    _ ofPiece: WritableKeyPath<CueSheet.Piece, String?>, _ words: CueWords, _ place: Int
  ) {
    guard let value = text.clean(words.text(place)) else { return }
    if piece == nil { sheet[keyPath: ofSheet] = value } else { piece?[keyPath: ofPiece] = value }
  }

  private mutating func begin(_ words: CueWords) {
    finishPiece()
    isAudio = words.name(1) == "AUDIO"
    let next = (sheet.tracks.last?.number ?? 0) + 1
    piece = CueSheet.Piece(file: [], number: words.number(0) ?? next, start: 0)
    hasStart = false
  }

  /// `INDEX 01` is where a piece begins, and in which file: a gap before it may lie in another.
  private mutating func index(_ words: CueWords) {
    guard let file, piece != nil, !hasStart, words.number(0) == 1, let start = words.time(1) else {
      return
    }
    piece?.file = file
    piece?.start = start
    hasStart = true
  }

  private mutating func finishPiece() {
    guard let piece, isAudio, sheet.tracks.count < CueSheet.pieceLimit else { return }
    if hasStart {
      sheet.tracks.append(piece)
    } else if sheet.leftOut.count < CueSheet.pieceLimit {
      sheet.leftOut.append(CueSheet.LeftOut(number: piece.number, reason: .noBeginning))
    }
  }
}

/// The bytes of a sheet, and in what they are written.
private struct CueText {
  /// Without a mark; UTF-16 has become UTF-8.
  let bytes: [UInt8]
  private let isUTF8: Bool

  init(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      self.bytes = Array(bytes.dropFirst(3))
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let low = bytes[0] == 0xFF ? 0 : 1
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
        UInt16(bytes[$0 + low]) | UInt16(bytes[$0 + 1 - low]) << 8
      }
      self.bytes = Array(String(decoding: units, as: UTF16.self).utf8)
    } else {
      self.bytes = bytes
    }
    isUTF8 = String(validating: self.bytes, as: UTF8.self) != nil
  }

  /// Text made safe; nil where nothing is left of it.
  func clean(_ bytes: [UInt8]?) -> String? {
    guard let bytes else { return nil }
    if isUTF8 { return Tags.clean(String(decoding: bytes, as: UTF8.self)) }
    var latin = String.UnicodeScalarView()
    for byte in bytes { latin.append(Unicode.Scalar(byte)) }
    return Tags.clean(String(latin))
  }
}

/// The words of one line; what is in quotation marks is one word.
private struct CueWords {
  private var words: [[UInt8]] = []
  private var quoted: Set<Int> = []

  init(_ line: ArraySlice<UInt8>) {
    var place = line.startIndex
    let quote = UInt8(ascii: "\"")
    while place < line.endIndex, words.count < 64 {
      if Self.isSpace(line[place]) {
        place += 1
      } else if line[place] == quote {
        let end = line[(place + 1)...].firstIndex(of: quote) ?? line.endIndex
        quoted.insert(words.count)
        words.append(Array(line[place + 1..<end]))
        place = min(line.endIndex, end + 1)
      } else {
        let end = line[place...].firstIndex(where: Self.isSpace) ?? line.endIndex
        words.append(Array(line[place..<end]))
        place = end
      }
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  var keyword: String? { upper(0) }

  /// Behind the keyword, counted from 0.
  func argument(_ place: Int) -> [UInt8]? {
    guard place + 1 < words.count, !words[place + 1].isEmpty else { return nil }
    return words[place + 1]
  }

  /// One word in quotation marks, or all that is left of the line.
  func text(_ place: Int) -> [UInt8]? {
    guard let first = argument(place), !quoted.contains(place + 1) else { return argument(place) }
    return words[(place + 2)...].reduce(first) { $0 + [0x20] + $1 }
  }

  /// The name in a `FILE` line, whose last word is a kind of file.
  var file: [UInt8]? {
    guard let first = argument(0), !quoted.contains(1) else { return argument(0) }
    return words[2...].dropLast().reduce(first) { $0 + [0x20] + $1 }
  }

  func name(_ place: Int) -> String? { upper(place + 1) }

  private func upper(_ place: Int) -> String? {
    guard place < words.count, words[place].count < 16 else { return nil }
    return String(decoding: words[place], as: UTF8.self).uppercased()
  }

  /// 0...999
  func number(_ place: Int) -> Int? {
    argument(place).flatMap { $0.count <= 3 ? Self.digits($0[...]) : nil }
  }

  /// "mm:ss:ff", with 75 frames a second -> seconds.
  func time(_ place: Int) -> Double? {
    let parts = argument(place)?.split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard let parts, parts.count == 3, parts.allSatisfy({ $0.count <= 4 }),
      let minutes = Self.digits(parts[0]), let seconds = Self.digits(parts[1]),
      let frames = Self.digits(parts[2]), seconds < 60, frames < 75
    else { return nil }
    return Double((minutes * 60 + seconds) * 75 + frames) / 75
  }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
