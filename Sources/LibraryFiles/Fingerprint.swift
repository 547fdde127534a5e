/// A number by which a file's sound is known again under another name and with other tags: the
/// first step of recognising moved files. Made of three windows and the length of the audio part,
/// never of the whole file. It is not unique, and 0 stands for none: what it means that two files
/// share one is for `MoveSearch` to say.
enum Fingerprint {
  /// Bytes of one window.
  static let window = 65_536

  /// Gives bytes of a file from an offset on; fewer at its end or where they cannot be read.
  typealias Reader = (_ offset: Int, _ count: Int) -> [UInt8]

  /// Nil where the file holds no sound, or cannot be read.
  static func of(length: Int, reader: @escaping Reader) -> Int64? {
    let sound = AudioSpan.find(length: length, reader: reader)
    guard !sound.range.isEmpty else { return nil }
    let count = sound.range.count
    var hash = XXHash64(seed: UInt64(count))
    for start in starts(count) {
      let bytes = reader(sound.range.lowerBound + start, min(window, count - start))
      guard !bytes.isEmpty else { return nil }
      hash.update(sound.isPaged ? OggPages.payload(of: bytes) : bytes)
    }
    let value = Int64(bitPattern: hash.finish())
    return value == 0 ? 1 : value
  }

  /// Where the windows begin: the first, the middle and the last of so many bytes, or all of them
  /// one after the other where there are no more than that.
  private static func starts(_ count: Int) -> [Int] {
    if count <= 3 * window { return Array(stride(from: 0, to: count, by: window)) }
    return [0, (count - window) / 2, count - window]
  }
}
