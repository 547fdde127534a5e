/// Where the catalogue keeps the track of a file whose path another song has taken: below that
/// path, where no file can be, and under its own name, by which an untitled track is shown. Nothing
/// is ever read there; a track leaves it when its sound is found again.
package enum FormerPlace {
  private static let slash = UInt8(ascii: "/")

  /// The place of what was at `path`; `number` is that of one of its tracks and tells it from
  /// others that were at the path.
  package static func of(_ path: [UInt8], number: Int64) -> [UInt8] {
    let name = path[((path.lastIndex(of: slash) ?? -1) + 1)...]
    return path + Array("/.\(number)/".utf8) + name
  }

  /// The path that was taken; nil where `place` is no such place.
  package static func origin(of place: [UInt8]) -> [UInt8]? {
    guard let end = place.lastIndex(of: slash),
      let middle = place[..<end].lastIndex(of: slash)
    else { return nil }
    let number = place[(middle + 1)..<end]
    let origin = place[..<middle]
    guard number.count > 1, number.first == UInt8(ascii: "."),
      number.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }),
      origin.suffix(place.count - end) == place[end...]
    else { return nil }
    return Array(origin)
  }
}
