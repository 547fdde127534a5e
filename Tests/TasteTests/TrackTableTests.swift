import Music
import TestSupport
import Testing

@testable import Taste

@Suite struct TrackTableTests {
  private func table(
    _ text: String, moods: TrackTableScale.Moods? = nil, ratings: TrackTableScale.Ratings? = nil
  ) throws -> TrackTable {
    try table(Array(text.utf8), moods: moods, ratings: ratings)
  }

  private func table(
    _ bytes: [UInt8], moods: TrackTableScale.Moods? = nil, ratings: TrackTableScale.Ratings? = nil
  ) throws -> TrackTable {
    try TrackTable(
      bytes, source: "tracks.csv", folder: Array("/lists".utf8), moods: moods, ratings: ratings)
  }

  private func rated(
    _ cells: [String], ratings: TrackTableScale.Ratings? = nil
  ) throws -> TrackTable {
    try table(
      "title,rating\n" + cells.map { "song,\($0)" }.joined(separator: "\n"), ratings: ratings)
  }

  @Test("the names of a service's export are understood; its numbers go from 0 to 1")
  func exportify() throws {
    let table = try table(
      """
      \u{FEFF}"Track Name","Artist Name(s)","Album Name",Genres,Danceability,Energy,Valence,Tempo
      "Rain, again","Ada,Bob",One,"rock,indie",0.5,0.75,0.25,120.5

      Snow,Ada,,,,1,0,0
      """)
    #expect(
      table.columns == [
        .title, .artist, .album, .genre, .energy, .valence, .tempo,
      ])
    #expect(table.unread == [.init(number: 5, name: "Danceability")])
    #expect(table.scale.moods == .unit)
    #expect(!table.isLatin)
    #expect(table.refused.isEmpty)
    #expect(
      table.rows == [
        .init(
          line: 2, paths: [], title: "Rain, again", artist: "Ada,Bob", album: "One",
          details: TrackDetails(
            source: "tracks.csv", valence: -0.5, arousal: 0.5, genre: "rock,indie", bpm: 120.5)),
        .init(
          line: 4, paths: [], title: "Snow", artist: "Ada", album: nil,
          details: TrackDetails(source: "tracks.csv", valence: -1, arousal: 1)),
      ])
  }

  @Test("beside arousal a valence goes from -1 to 1, and a file is found from the table's folder")
  func signed() throws {
    let table = try table("file,valence,arousal,mood\nrock/a.flac,-0.25,0.5,sad\n")
    #expect(table.scale.moods == .signed)
    #expect(table.rows.first?.paths == [Array("/lists/rock/a.flac".utf8)])
    #expect(
      table.rows.first?.details
        == TrackDetails(source: "tracks.csv", valence: -0.25, arousal: 0.5, mood: "sad"))
  }

  @Test("a valence alone is signed where one is below 0; the caller's word counts more")
  func alone() throws {
    #expect(try table("title,valence\na,0.5\nb,-0.1\n").scale.moods == .signed)
    #expect(try table("title,valence\na,0.5\n").scale.moods == .unit)
    let forced = try table("title,valence,arousal\na,0.5,1\n", moods: .unit)
    #expect(forced.rows.first?.details.valence == 0)
    #expect(forced.rows.first?.details.arousal == 1)
  }

  @Test("percents are known by most of each column; on a scale of nine nothing is guessed")
  func percents() throws {
    let table = try table("title,valence,energy\na,50,100\nb,25,0\nc,100,\nd,3,70\ne,101,70\n")
    #expect(table.scale.moods == .percent && table.scale.reason == .mostAboveTen)
    #expect(table.rows.map(\.details.valence) == [0, -0.5, 1, -0.94])
    #expect(table.rows.map(\.details.arousal) == [1, -1, nil, 0.4])
    #expect(table.refused == [.init(line: 6, reason: "valence 101 is not from 0 to 100")])
    let nine = try self.table("title,valence,arousal\na,5,6\nb,1,1\n")
    #expect(nine.scale.moods == .signed && nine.refused.map(\.line) == [2])
    #expect([nine.scale.placed, nine.scale.placedFitting] == [4, 2])
    let mixed = try self.table("title,valence,energy\na,0.5,60\nb,0.7,70\n")
    #expect(mixed.scale.moods == .unit && mixed.scale.reason == .energy)
  }

  @Test("of columns that say the same the first is read, and arousal before energy")
  func unread() throws {
    let table = try table("Title,energy,title,BPM,tempo,arousal\na,x,b,100,y,0.5\n")
    #expect(table.columns == [.title, .tempo, .arousal] && table.refused.isEmpty)
    #expect(
      table.unread == [
        .init(number: 2, name: "energy", otherNumber: 6, otherName: "arousal"),
        .init(number: 3, name: "title", otherNumber: 1, otherName: "Title"),
        .init(number: 5, name: "tempo", otherNumber: 4, otherName: "BPM"),
      ])
    #expect(table.rows.map(\.title) == ["a"] && table.rows[0].details.bpm == 100)
    #expect(table.scale.reason == .arousal && !table.scale.hasNegative)
  }

  @Test("danceability tells the scale of a valence beside it, and nothing of it is read")
  func danceability() throws {
    let table = try table("title,Danceability,danceability,valence\na,much,0x1,0.75\n")
    #expect(table.columns == [.title, .valence] && table.refused.isEmpty)
    #expect(
      table.unread == [
        .init(number: 2, name: "Danceability"), .init(number: 3, name: "danceability"),
      ])
    #expect(table.scale.moods == .unit && table.scale.reason == .danceability)
    #expect(table.rows.map(\.details.valence) == [0.5])
  }

  @Test(
    "only decimal numbers are numbers, in every column",
    arguments: ["valence", "energy", "arousal", "tempo", "rating"])
  func decimals(column: String) throws {
    let texts = ["0x50", "0X1p3", "-0x0", "nan", "inf", "infinity", "1e", "e1", "1 000", "٣"]
    let table = try table(
      "title,\(column)\n" + texts.map { "a,\($0)\n" }.joined())
    #expect(table.rows.isEmpty)
    #expect(table.refused.map(\.reason) == texts.map { "\(column) '\($0)' is no number" })
  }

  @Test("a decimal number may have a sign, an exponent and a comma")
  func writtenNumbers() throws {
    let texts = ["80", "+80", "8e1", "8.0E+1", "\"80,5\"", "80.5", ".8e2", "80."]
    let table = try table("title,tempo\n" + texts.map { "a,\($0)\n" }.joined())
    #expect(table.refused.isEmpty)
    #expect(table.rows.map(\.details.bpm) == [80, 80, 80, 80, 80.5, 80.5, 80, 80])
  }

  @Test(
    "ratings are stars, out of ten or percent, by most of them",
    arguments: [
      ("5 4.5 0", [10, 9, nil]), ("10 1 0", [10, 1, nil]), ("100 72 4", [10, 7, 1]),
    ] as [(String, [Int?])])
  func ratings(cells: String, expected: [Int?]) throws {
    let table = try rated(cells.split(separator: " ").map { String($0) })
    #expect(table.rows.map(\.details.rating) == expected)
    #expect(table.refused.isEmpty)
  }

  @Test("one odd rating is refused with its line, and changes what no other means")
  func oddRating() throws {
    let ten = try rated(["10", "8", "99", "0"])
    #expect(ten.scale.ratings == .ten)
    #expect(ten.rows.map(\.details.rating) == [10, 8, nil])
    #expect(ten.refused == [.init(line: 4, reason: "rating 99 is not from 0 to 10")])
    #expect([ten.scale.rated, ten.scale.fitting] == [3, 2])
    let stars = try rated([String](repeating: "4", count: 30) + ["8", "-1"])
    #expect(stars.scale.ratings == .stars)
    #expect(stars.refused.map(\.line) == [32, 33])
    let few = try rated([String](repeating: "4", count: 10) + ["8"])
    #expect(few.scale.ratings == .ten)
    let halfStars = try rated(["10", "20.5", "100", "5"])
    #expect(halfStars.rows.map(\.details.rating) == [1, 2, 10, 1])
  }

  @Test("the caller's scale of ratings counts more")
  func ratingScale() throws {
    let percent = try rated(["10", "8", "99"], ratings: .percent)
    #expect(percent.rows.map(\.details.rating) == [1, 1, 10])
    #expect(percent.scale.fitting == 3)
    let stars = try rated(["10", "4"], ratings: .stars)
    #expect(stars.rows.map(\.details.rating) == [8])
    #expect(stars.refused.map(\.reason) == ["rating 10 is not from 0 to 5"])
  }

  @Test("text that is no UTF-8 is read as Latin-1; UTF-16 and what is no text are refused by name")
  func encodings() throws {
    let latin = try table(
      "title,artist\nJóga,Björk\n".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    #expect(latin.isLatin)
    #expect(latin.rows.map(\.title) == ["Jóga"])
    #expect(latin.rows.map(\.artist) == ["Björk"])
    let wide: [UInt8] = "\u{FEFF}title\nx\n".utf16.flatMap { unit in
      [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
    }
    let error = #expect(throws: TrackTableFault.self) { try table(wide) }
    #expect(error?.reason == "the text is UTF-16; save it as UTF-8")
    #expect(throws: TrackTableFault.self) { try table(Array(wide.dropFirst(2))) }
  }

  @Test("lines may end in CR alone")
  func carriageReturns() throws {
    let table = try table("title,artist\rRain,Ada\r\"Low, Tide\",Ada\r")
    #expect(table.rows.map(\.title) == ["Rain", "Low, Tide"])
    #expect(table.rows.map(\.line) == [2, 3])
  }

  @Test("of several faults in a row the first column's is named, always", arguments: 0..<8)
  func firstFault(time: Int) throws {
    let table = try table("title,valence,arousal,tempo,rating\na,nan,inf,x,y\n")
    #expect(table.refused.map(\.reason) == ["valence 'nan' is no number"])
  }

  @Test("a row keeps what it calls its file, also where that is none of this machine")
  func places() throws {
    let table = try table("path,rating\nrock/a.flac,5\nC:\\a.mp3,5\n")
    #expect(table.rows.map(\.place) == ["/lists/rock/a.flac", "C:\\a.mp3"])
  }

  @Test("a row that cannot be read is refused with its line, and spoils no other")
  func refusals() throws {
    let table = try table(
      """
      title,artist,valence,energy
      a,b,much,1
      c,d,0.5
      e,f,1.5,0.5
      ,,0.5,0.5
      "g
      g",h,"0,5",0.5
      alone
      """)
    #expect(table.rows.map(\.line) == [6])
    #expect(table.rows.first?.details.valence == 0)
    #expect(
      table.refused == [
        .init(line: 2, reason: "valence 'much' is no number"),
        .init(line: 3, reason: "3 fields where the header has 4"),
        .init(line: 4, reason: "valence 1.5 is not from 0 to 1"),
        .init(line: 5, reason: "neither a title nor a path"),
        .init(line: 8, reason: "1 field where the header has 4"),
      ])
  }

  @Test("a tempo that no music has refuses its row; 0 stands for none")
  func tempo() throws {
    let table = try table("title,tempo\na,-5\nb,99999999\nc,0\nd,20\n")
    #expect(table.rows.map(\.details.bpm) == [nil, 20])
    #expect(
      table.refused == [
        .init(line: 2, reason: "tempo -5 is not from 20 to 400"),
        .init(line: 3, reason: "tempo 99999999 is not from 20 to 400"),
      ])
  }

  @Test("a quotation mark without a second one refuses its row, and spoils no other")
  func openMark() throws {
    for end in ["", "\n", "\nlast,l"] {
      let table = try table("title,artist\n\"a\nb\",x\nc,\"d" + end)
      #expect(table.rows.map(\.title) == ["a b"] + (end.contains("last") ? ["last"] : []))
      #expect(table.refused == [.init(line: 4, reason: "a quotation mark has no second one")])
    }
    let fault = #expect(throws: TrackTableFault.self) { try self.table("\"title,artist\na,b\n") }
    #expect(fault?.reason == "line 1: a quotation mark has no second one")
  }

  private static let texts = ["a", "b c", "x,y", "x;y", "x\ty", "say \"x\"", "ü 夜", "a;b,c\td"]

  /// A field as a spreadsheet writes it: in quotes where it must be.
  private static func field(_ text: String, _ separator: TrackTable.Separator) -> String {
    let mark = Character(Unicode.Scalar(separator.byte))
    guard text.contains(mark) || text.contains("\"") else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  @Test(
    "whatever parts the fields, the same table is read, and it is told what parts them",
    arguments: 1...100 as ClosedRange<UInt64>)
  func separators(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let header = ["Title", "Artist Name(s)", "valence", "my, own; notes", "energy"]
    let rows = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      (0..<2).map { _ in Self.texts.randomElement(using: &random) ?? "a" } + ["0.25", "x", "0.5"]
    }
    let tables = try TrackTable.Separator.allCases.map { separator in
      let mark = String(Character(Unicode.Scalar(separator.byte)))
      let lines = ([header] + rows).map { row in
        row.map { Self.field($0, separator) }.joined(separator: mark)
      }
      let table = try table(lines.joined(separator: Bool.random(using: &random) ? "\n" : "\r\n"))
      #expect(table.separator == separator)
      return table
    }
    let cleaned = rows.map { [Tags.clean($0[0]), Tags.clean($0[1])] }
    for table in tables {
      #expect(table.rows.map { [$0.title, $0.artist] } == cleaned)
      #expect(table.rows.allSatisfy { $0.details.valence == -0.5 && $0.details.arousal == 0 })
    }
  }

  @Test("a comma stands for the point where semicolons part the fields; one column has no mark")
  func european() throws {
    let german = try table("title;valence;energy\nRegen;0,25;0,5\n")
    #expect(german.separator == .semicolon)
    #expect(german.rows.first?.details.valence == -0.5)
    #expect(try table("title\na;b\n").separator == .comma)
    #expect(try table("title,artist;valence\na,b\n").separator == .comma)
  }

  @Test("mutated tables are read or refused, and never trap")
  func mutations() {
    var random = SeededGenerator(seed: 31)
    let seeds = [
      "title,artist,valence,energy,rating\n\"a \"\"b\"\"\",c,0.5,0.5,3\r\nx,y,1,0,\n",
      "path;mood;arousal;bpm\n/a.mp3;sad;-0,5;120\n\"b;\nc\";;0;\n",
      "Track Name\tGenres\tTempo\tmy rating\nRain\tfolk\t90\t80\n",
    ].map { Array($0.utf8) }
    let tokens = [",", ";", "\t", "\"", "\n", "\r\n", "1e999", "-", "nan", "\u{FEFF}", "title"]
    var read = 0
    let count = Fuzzing.inputs(usually: 10_000)
    for number in 0..<count {
      var bytes = seeds[number % seeds.count]
      for _ in 0..<Int.random(in: 0...6, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
        default:
          bytes.insert(contentsOf: (tokens.randomElement(using: &random) ?? "").utf8, at: place)
        }
      }
      do {
        let table = try TrackTable(bytes, source: "t.csv", folder: Array("/l".utf8))
        for row in table.rows {
          let details = row.details
          #expect(details.valence.map { (-1...1).contains($0) } ?? true)
          #expect(details.arousal.map { (-1...1).contains($0) } ?? true)
          #expect(details.rating.map { (1...10).contains($0) } ?? true)
        }
        read += 1
      } catch { #expect(!error.reason.isEmpty) }
    }
    #expect(read > count / 4)
  }

  @Test("a table that names no song is refused")
  func noSongs() {
    #expect(throws: TrackTableFault.self) { try table("artist,valence\na,1\n") }
    #expect(throws: TrackTableFault.self) { try table("") }
  }
}
