import Foundation
import Glibc
import Music
import Session
import StoreSQLite

/// Searching by the letter in a large catalogue: each keystroke of typed queries is one page, as
/// the library's screen asks for it. The catalogue is written through its port, batch by batch, as
/// a scan does.
struct SearchBenchmark {
  let workspace: Workspace

  /// As many as a scan writes at once.
  private static let batch = 4000
  /// Rows that a screen of 60 lines asks for.
  private static let window = 0..<240

  func rows() async throws -> [Row] {
    let count = workspace.scale.rows
    let path = "\(workspace.folder)/search-\(count).db"
    let catalog = Catalog.live(try EmusDatabase.open(at: path), mood: { _ in .unknown })
    let written = try await write(count, to: catalog)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes[.size] as? NSNumber)?.doubleValue ?? .nan
    let first = try await milliseconds { _ = try await page("s", of: catalog) }
    var keys = Sample()
    var processor = Sample()
    var slowest: [(milliseconds: Double, text: String)] = []
    var found = 0
    for text in Self.typed {
      for length in 1...text.count {
        let letters = String(text.prefix(length))
        let before = clock()
        keys.add(try await milliseconds { found += try await page(letters, of: catalog) })
        // Of all threads; it tells a slow key from a busy machine.
        let used = Double(clock() - before) / Double(CLOCKS_PER_SEC) * 1000
        processor.add(used)
        slowest.append((used, letters))
      }
    }
    guard found > 0 else { throw BenchmarkError("the searches found nothing") }
    workspace.note(
      "search, slowest keys of \(count) rows by processor time: "
        + slowest.sorted { $0 > $1 }.prefix(6)
        .map { "\($0.text) \(Figure.milliseconds($0.milliseconds))" }.joined(separator: ", "))
    let changed = try await firstKeyAfterChange(of: catalog, count: count)
    let isLarge = count > 100_000
    let target = isLarge ? 50.0 : 15.0
    var keysRow = Row("search, one key of \(keys.count), \(count) rows", keys)
      .aiming(at: "\(Int(target)) ms p99, goal \(isLarge ? 16 : 5)", keys.quantile(0.99) <= target)
    keysRow.peer =
      "CPU \(Figure.milliseconds(processor.median)), p99 "
      + "\(Figure.milliseconds(processor.quantile(0.99))); first key "
      + "\(Figure.milliseconds(first)), after a change \(Figure.milliseconds(changed))"
    var writtenRow = Row("write, \(count) rows with their index", written)
    writtenRow.peer = "\(Int(Double(count) / written.median * 1000)) rows/s"
    writtenRow.memory = Figure.mebibytes(size / 1_048_576) + " file"
    return [keysRow, writtenRow]
  }

  /// A scan that found one song more has ended.
  private func firstKeyAfterChange(of catalog: Catalog, count: Int) async throws -> Double {
    var songs = GeneratedSongs(seed: 12)
    let folder = Array("/music".utf8)
    _ = try await catalog.write(
      ScanBatch(folder: folder, entries: [songs.entry(count)], isLast: true))
    return try await milliseconds { _ = try await page("s", of: catalog) }
  }

  private func page(_ text: String, of catalog: Catalog) async throws -> Int {
    let query = CatalogQuery(try Query.parse(text), listener: 1)
    return try await catalog.page(query, Self.window).total
  }

  private func milliseconds(_ body: () async throws -> Void) async throws -> Double {
    let start = ContinuousClock.now
    try await body()
    return (ContinuousClock.now - start) / .milliseconds(1)
  }

  private func write(_ count: Int, to catalog: Catalog) async throws -> Sample {
    var songs = GeneratedSongs(seed: 11)
    var elapsed = 0.0
    for first in stride(from: 0, to: count, by: Self.batch) {
      let last = min(count, first + Self.batch)
      let entries = (first..<last).map { songs.entry($0) }
      let batch = ScanBatch(folder: Array("/music".utf8), entries: entries, isLast: last == count)
      elapsed += try await milliseconds { _ = try await catalog.write(batch) }
    }
    return Sample([elapsed])
  }

  /// What listeners type: one word, several, slips, and all of the language.
  private static let typed = [
    "silver", "the river", "night train", "sivler", "andante", "love and rain", "winter song live",
    "artist:mira", "album:\"north sea\"", "genre:jazz year:1990..1999", "year:>=2010 harbour",
    "glass -live", "rain or snow", "duration:<3m moon", "mood:calm piano", "rating:>=8", "plays:>2",
    "paper lantrens", "xyzzy", "1984",
  ]
}

/// Songs with names from a vocabulary of which few words are common and most are rare, as in
/// libraries that people have.
private struct GeneratedSongs {
  private var random: SeededGenerator
  private let rare: [String]
  private var artist = ""
  private var album = ""

  private static let common = [
    "the", "love", "night", "rain", "river", "silver", "moon", "song", "live", "blue", "winter",
    "train", "glass", "north", "sea", "harbour", "paper", "lanterns", "snow", "piano", "andante",
    "mira", "light", "street", "summer", "heart", "dance", "again", "home", "fire",
  ]
  private static let genres = [
    "Rock", "Jazz", "Ambient", "Techno", "Folk", "Classical", "Trip-Hop",
  ]
  private static let moods = ["calm", "happy", "sad", "energetic"]
  private static let syllables = [
    "ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "wa", "ing", "er", "an", "est", "ow",
    "sha",
  ]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    rare = (0..<20_000).map { _ in
      (0..<Int.random(in: 2...4, using: &random)).map { _ in
        Self.syllables.randomElement(using: &random) ?? ""
      }.joined()
    }
    self.random = random
  }

  mutating func entry(_ number: Int) -> ScanBatch.Entry {
    if number % 36 == 0 { artist = name(1...2) }
    if number % 12 == 0 { album = name(1...3) }
    let tags = Tags(
      title: name(1...4), artist: artist, album: album,
      genre: Self.genres[number / 36 % Self.genres.count], year: 1960 + number / 12 % 65,
      track: number % 12 + 1, duration: .random(in: 60...600, using: &random),
      mood: number % 4 == 0 ? Self.moods[number / 4 % Self.moods.count] : nil,
      rating: number % 10 == 0 ? .random(in: 1...10, using: &random) : nil)
    return ScanBatch.Entry(
      location: Location(path: "/music/\(number / 36)/\(number / 12)/\(number).flac"),
      stamp: FileStamp(size: 1, modified: 1), tags: tags)
  }

  private mutating func name(_ lengths: ClosedRange<Int>) -> String {
    (0..<Int.random(in: lengths, using: &random)).map { _ in
      let isCommon = Int.random(in: 0..<3, using: &random) == 0
      return (isCommon ? Self.common : rare).randomElement(using: &random) ?? ""
    }.joined(separator: " ")
  }
}
