import ArgumentParser
import Foundation
import Music
import Session
import StoreSQLite
import Taste

/// `emus stats`: what a listener heard, rated and skipped, and in which moods.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "What was heard and rated, and in which moods.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await Failure.reported {
      let home = try Home(shared.home)
      try home.make()
      let database = try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase)
      let store = Store.live(database)
      let listener = try await store.listener(named: shared.user ?? Listener.default.name)
      guard listener.id != .guest else { throw Failure(.usage, "nothing is kept of a guest") }
      let log = try await store.log(listener.id, 0)
      let artists = try await artists(of: log, Catalog.stored(in: database))
      let statistics = ListeningStatistics(
        log: log, artist: { artists[$0] },
        offset: { seconds in
          Double(TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: seconds)))
        })
      if shared.json {
        try JSONOutput.print(StatsResult(statistics, user: listener.name))
      } else {
        let report = StatisticsReport(
          statistics, name: listener.name, width: TerminalWidth.columns(),
          isColoured: TerminalWidth.takesColour)
        print(report.lines.joined(separator: "\n"))
      }
    }
  }

  private func artists(
    of log: [RecordedFeedback], _ catalog: Catalog
  ) async throws -> [TrackID: String] {
    let ids = Set(log.map(\.feedback.track))
    let tracks = try await catalog.tracks(Array(ids))
    return Dictionary(uniqueKeysWithValues: tracks.map { ($0.id, $0.displayArtist) })
  }
}

/// A listener's statistics as JSON.
struct StatsResult: Encodable {
  struct Ratings: Encodable {
    var count: Int
    var mean: Double?
    /// How often each was given, from 1 to 10.
    var byValue: [Int]

    init(_ ratings: ListeningStatistics.Ratings) {
      count = ratings.count
      mean = ratings.mean
      byValue = ratings.counts
    }
  }

  struct Hour: Encodable {
    /// Of the day, 0 to 23.
    var hour: Int
    var heard: Int
    var skipped: Int
    var moods: Int
    var valence: Double
    var arousal: Double
    var ratings: Ratings
  }

  struct Week: Encodable {
    /// Its Monday.
    var week: String
    var heard: Int
    var skipped: Int
    var moods: Int
    var valence: Double
    var arousal: Double
    var ratings: Ratings
  }

  struct Artist: Encodable {
    var artist: String
    var heard: Int
    var meanRating: Double?
  }

  var user: String
  var heard: Int
  var skipped: Int
  var ratings: Ratings
  var hours: [Hour]
  var weeks: [Week]
  /// By mood: `lively`, `tense`, `low`, `calm`.
  var artists: [String: [Artist]]

  init(_ statistics: ListeningStatistics, user: String) {
    self.user = user
    heard = statistics.heard
    skipped = statistics.skipped
    ratings = Ratings(statistics.ratings)
    hours = statistics.hours.enumerated().filter { !$0.element.isEmpty }.map { hour, tally in
      Hour(
        hour: hour, heard: tally.heard, skipped: tally.skipped, moods: tally.mood.count,
        valence: tally.mood.valence, arousal: tally.mood.arousal, ratings: Ratings(tally.ratings))
    }
    weeks = statistics.weeks.map { week in
      let tally = week.tally
      return Week(
        week: week.monday.description, heard: tally.heard, skipped: tally.skipped,
        moods: tally.mood.count, valence: tally.mood.valence, arousal: tally.mood.arousal,
        ratings: Ratings(tally.ratings))
    }
    artists = Dictionary(
      uniqueKeysWithValues: ListeningStatistics.Corner.allCases.map { corner in
        let top = statistics.topArtists(in: corner, count: 10)
        return (
          corner.rawValue,
          top.map { Artist(artist: $0.name, heard: $0.heard, meanRating: $0.ratings.mean) }
        )
      })
  }
}
