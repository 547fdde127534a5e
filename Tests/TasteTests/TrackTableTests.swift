import Music
import Testing

@testable import Taste

@Suite struct TrackTableTests {
  private func table(
    _ text: String, moods: TrackTableScale.Moods? = nil
  ) throws -> TrackTable {
    try TrackTable(
      Array(text.utf8), source: "tracks.csv", folder: Array("/lists".utf8), moods: moods)
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
        .title, .artist, .album, .genre, .danceability, .energy, .valence, .tempo,
      ])
    #expect(table.scale == TrackTableScale(moods: .unit, ratings: .stars))
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

  @Test(
    "ratings are stars, out of ten or percent, by the highest",
    arguments: [
      ("5 4.5 0", [10, 9, nil]), ("10 1 0", [10, 1, nil]), ("100 72 4", [10, 7, 1]),
    ] as [(String, [Int?])])
  func ratings(cells: String, expected: [Int?]) throws {
    let rows = cells.split(separator: " ").map { "song,\($0)" }
    let table = try table("title,rating\n" + rows.joined(separator: "\n"))
    #expect(table.rows.map(\.details.rating) == expected)
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
      """)
    #expect(table.rows.map(\.line) == [6])
    #expect(table.rows.first?.details.valence == 0)
    #expect(
      table.refused == [
        .init(line: 2, reason: "valence 'much' is no number"),
        .init(line: 3, reason: "3 fields where the header has 4"),
        .init(line: 4, reason: "valence 1.5 is not from 0 to 1"),
        .init(line: 5, reason: "neither a title nor a path"),
      ])
  }

  @Test("a table that names no song is refused")
  func noSongs() {
    #expect(throws: TrackTableFault.self) { try table("artist,valence\na,1\n") }
    #expect(throws: TrackTableFault.self) { try table("") }
  }
}

extension TrackTableScale {
  fileprivate init(moods: Moods, ratings: Ratings) {
    self.init([], columns: [], moods: moods)
    self.ratings = ratings
  }
}
