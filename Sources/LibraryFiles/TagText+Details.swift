import CTagLib
import Music

/// What the texts of `TagDetails` say: lists, dates, loudness, identifiers. As strict as the rest
/// of `TagText`: nil, or nothing, where a text is not what it should be.
extension TagText {
  /// The values of a field that is a list, each made safe, none twice.
  static func list(_ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    var values: [String] = []
    for part in text.split(separator: Character(EMUS_TAG_SEPARATOR)) {
      guard let value = Tags.clean(String(part)), !values.contains(value) else { continue }
      values.append(value)
      if values.count == TagDetails.listLimit { break }
    }
    // One value left is no list.
    return values.count > 1 ? values : []
  }

  /// "1", "true", "yes"
  static func isTrue(_ text: String) -> Bool {
    ["1", "true", "yes"].contains(text.lowercased())
  }

  /// "1973", "1973-03", "1973-03-01", and what begins with one of them; a year 1000...2999.
  static func date(_ text: String) -> String? {
    let bytes = Array(text.utf8.prefix(10))
    guard bytes.count >= 4, let year = digits(bytes[..<4]), (1000...2999).contains(year) else {
      return nil
    }
    guard bytes.count >= 7, part(bytes, at: 4, in: 1...12) else {
      return String(decoding: bytes[..<4], as: UTF8.self)
    }
    let length = bytes.count == 10 && part(bytes, at: 7, in: 1...31) ? 10 : 7
    return String(decoding: bytes[..<length], as: UTF8.self)
  }

  /// Whether a hyphen and two digits in the range stand there.
  private static func part(_ bytes: [UInt8], at place: Int, in range: ClosedRange<Int>) -> Bool {
    guard bytes[place] == UInt8(ascii: "-"), let number = digits(bytes[place + 1..<place + 3])
    else { return false }
    return range.contains(number)
  }

  /// "-7.03 dB", "+1.2" -> decibels, -60...60.
  static func gain(_ text: String) -> Double? {
    var text = Substring(text.lowercased())
    if text.hasSuffix("db") { text = text.dropLast(2) }
    text = text.drop { $0 == " " }
    let isNegative = text.hasPrefix("-")
    if isNegative || text.hasPrefix("+") { text = text.dropFirst() }
    guard let value = decimal(String(text)), value <= 60 else { return nil }
    return isNegative ? -value : value
  }

  /// R128 gains are 256ths of a decibel above -23 LUFS; ReplayGain's are relative to -18.
  static func gainOfR128(_ text: String) -> Double? {
    guard let value = Int(text), (-32768...32767).contains(value) else { return nil }
    return Double(value) / 256 + 5
  }

  /// "0.988" -> 0.988; above 0, at most 16.
  static func peak(_ text: String) -> Double? {
    guard let value = decimal(text), value > 0, value <= 16 else { return nil }
    return value
  }

  /// MusicBrainz's numbers: 32 hexadecimal digits in five groups.
  static func identifiers(_ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    let parts = text.lowercased().split { !isOfIdentifier($0) }
    return parts.filter(isIdentifier).prefix(TagDetails.listLimit).map(String.init)
  }

  private static func isOfIdentifier(_ character: Character) -> Bool {
    character == "-" || ("0"..."9").contains(character) || ("a"..."f").contains(character)
  }

  private static func isIdentifier(_ text: Substring) -> Bool {
    text.split(separator: "-", omittingEmptySubsequences: false).map(\.count) == [8, 4, 4, 4, 12]
  }
}
