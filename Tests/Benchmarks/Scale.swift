/// How much is measured.
struct Scale: Sendable {
  /// Starts of a program that count, after one that does not.
  var starts: Int
  var tracks: Int
  /// Another library, of which scans and first screens are measured as well.
  var manyTracks: Int?
  /// Rows of the catalogue that is searched by the letter.
  var rows: Int
  /// First scans of the smaller library and of the other, each into an empty home.
  var scans: Int
  var manyScans = 3
  /// Calls of a pure function.
  var calls: Int
  /// Frames of the film that the eye watches.
  var frames: Int
  /// Seconds over which the use of the processor is measured.
  var seconds: Double

  static let full = Scale(
    starts: 15, tracks: 20_000, manyTracks: 100_000, rows: 100_000, scans: 15, calls: 2_000,
    frames: 180, seconds: 10)
  static let quick = Scale(
    starts: 3, tracks: 2_000, rows: 20_000, scans: 1, calls: 200, frames: 60, seconds: 3)

  func scans(of count: Int) -> Int { count == manyTracks ? manyScans : scans }

  /// How many songs the generated libraries have.
  var libraries: [Int] { [tracks] + (manyTracks.map { [$0] } ?? []) }
}
