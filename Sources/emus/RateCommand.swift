import ArgumentParser
import Foundation
import Music
import Perception
import StoreSQLite
import Taste

/// `emus rate`: a rating from the shell, for the song heard last or for a named one.
struct RateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate", abstract: "Rate a song, 1 to 10: the one heard last, or a named one.")

  @OptionGroup var shared: SharedOptions
  @Argument(help: "1 to 10.") var value: Int
  @Argument(help: "A track's number, its path, or words of its title and artist.")
  var track: String?

  func validate() throws {
    guard (1...10).contains(value) else { throw ValidationError("a rating is from 1 to 10") }
  }

  func run() async throws {
    try await Failure.reported {
      let home = try Home(shared.home)
      try home.make()
      let database = try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase)
      let store = Store.live(database)
      let catalog = DemoLibrary.joined(
        to: Catalog.stored(in: database), installation: Installation())
      let listener = try await store.listener(named: shared.user ?? Listener.default.name)
      guard listener.id != .guest else {
        throw Failure(.usage, "a guest's ratings are not kept")
      }
      let song = try await song(in: catalog, store: store, listener: listener.id)
      _ = try await store.record(
        Feedback(
          listener: listener.id, track: song.id, time: Date().timeIntervalSince1970, kind: .rating,
          value: value, policy: try await Remembered(store).policy))
      if shared.json {
        try JSONOutput.print(
          RateResult(
            id: song.id.rawValue, title: song.displayTitle, artist: song.displayArtist,
            value: value, user: listener.name))
      } else {
        print("\(value) stored for \(song.displayTitle) · \(song.displayArtist)")
      }
    }
  }

  private func song(
    in catalog: Catalog, store: Store, listener: ListenerID
  ) async throws -> Track {
    guard let track else {
      let heard: Set<Feedback.Kind> = [.skip, .completed, .replay, .rating]
      let log = try await store.log(listener, 0)
      guard let last = log.last(where: { heard.contains($0.feedback.kind) }) else {
        throw Failure(.input, "nothing was heard yet: name a track")
      }
      return try await one(catalog.tracks([last.feedback.track]), "the song heard last")
    }
    if let number = Int64(track) {
      return try await one(catalog.tracks([TrackID(number)]), "number \(track)")
    }
    if let song = try await song(at: track, in: catalog) { return song }
    let page = try await catalog.page(Self.query(track), 0..<500)
    let sameTitle = page.rows.filter {
      $0.displayTitle.caseInsensitiveCompare(track) == .orderedSame
    }
    if sameTitle.count == 1 { return sameTitle[0] }
    if page.total == 0, FileManager.default.fileExists(atPath: track) {
      throw Failure(.input, "no song of the library is the file \(track): scan its folder first")
    }
    guard page.total <= 1 else {
      Failure.complain(
        "\(page.total) tracks match '\(track)': say more of the title, or the number")
      for song in page.rows.prefix(5) {
        Failure.complain(
          "\(song.id.rawValue)  \(song.displayArtist) - \(song.displayTitle), "
            + song.location.escapedPath)
      }
      throw Failure(.usage, "")
    }
    return try one(page.rows, "'\(track)'")
  }

  /// The song that is a file, whether the library knows it by this path or by that without links.
  private func song(at path: String, in catalog: Catalog) async throws -> Track? {
    let file = URL(fileURLWithPath: path)
    let paths = [file.standardizedFileURL.path, file.resolvingSymlinksInPath().path]
    let found = try await catalog.locate(paths.map { Location(path: $0) })
    return try await catalog.tracks(found.compactMap(\.self)).first
  }

  /// A rating is for the song that was named, not for one that is called much the same.
  private static func query(_ name: String) -> CatalogQuery {
    CatalogQuery(.words(in: name), forgivesSlips: false)
  }

  private func one(_ tracks: [Track], _ what: String) throws -> Track {
    guard let track = tracks.first else { throw Failure(.input, "no track for \(what)") }
    return track
  }
}

/// A rating as JSON.
struct RateResult: Encodable {
  var id: Int64
  var title: String
  var artist: String
  var value: Int
  var user: String
}
