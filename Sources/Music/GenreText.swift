/// Several genres in one text, as taggers write them where a file has one field for all.
///
/// A semicolon parts them wherever it stands, as most players and taggers have it. A slash is part of
/// many names ("Singer/Songwriter"), and what Picard puts between the genres of an ID3v2.3 tag: it
/// counts where blanks stand on both of its sides, and where each side is the name of a genre
/// ("Hip-Hop/Rap"). A comma is never looked at ("Folk, World, & Country"). Artists are not parted.
package enum GenreText {
  /// Each genre once, made safe, `TagDetails.listLimit` of them at most.
  package static func parted(_ text: String) -> [String] {
    // Most texts are one genre.
    let isSeveral = text.utf8.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "/") }
    guard isSeveral else {
      return Tags.clean(text).map { [$0] } ?? []
    }
    var genres: [String] = []
    for part in text.split(separator: ";").flatMap(slashed) {
      guard let genre = Tags.clean(part), !genres.contains(genre) else { continue }
      genres.append(genre)
      if genres.count == TagDetails.listLimit { break }
    }
    return genres
  }

  private static func slashed(_ text: Substring) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "/")) else { return [String(text)] }
    var groups: [[Substring]] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      if let before = groups.last?.last, !(before.hasSuffix(" ") && part.hasPrefix(" ")) {
        groups[groups.count - 1].append(part)
      } else {
        groups.append([part])
      }
    }
    return groups.flatMap { group in
      group.count > 1 && group.allSatisfy(GenrePriors.holds)
        ? group.map(String.init) : [group.joined(separator: "/")]
    }
  }
}
