import Foundation

/// Files of several formats round the same sound, with more or less of what is not sound: enough of
/// each format for a fingerprint, which looks for the sound and decodes nothing.
enum Containers {
  /// Bytes that resemble no header, the same for the same seed.
  static func sound(_ count: Int, seed: UInt8 = 7) -> [UInt8] {
    var value = UInt32(seed) &+ 1
    return (0..<count).map { _ in
      value = value &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: value >> 24) & 0x3F
    }
  }

  static func mp3(_ sound: [UInt8], title: String?, hasOldTag: Bool = false) -> [UInt8] {
    let tag = title.map { ID3.v2([ID3.text("TIT2", $0)]) } ?? []
    let old =
      hasOldTag ? ID3.v1(title: Array("x".utf8), artist: [], year: "1999", genre: 8) : []
    return tag + [0xFF, 0xFB, 0x10, 0xC0] + sound + old
  }

  /// An APE tag of one item behind the sound.
  static func withAPETag(_ file: [UInt8], value: String) -> [UInt8] {
    let item =
      Sound.little(value.utf8.count, 4) + [0, 0, 0, 0] + Array("Title".utf8) + [0]
      + Array(value.utf8)
    func frame(_ flags: [UInt8]) -> [UInt8] {
      Array("APETAGEX".utf8) + Sound.little(2000, 4) + Sound.little(item.count + 32, 4)
        + Sound.little(1, 4) + flags + [UInt8](repeating: 0, count: 8)
    }
    return file + frame([0, 0, 0, 0xA0]) + item + frame([0, 0, 0, 0x80])
  }

  static func flac(_ sound: [UInt8], comment: Int) -> [UInt8] {
    func block(_ kind: UInt8, _ body: [UInt8]) -> [UInt8] {
      [kind] + big(body.count, 3) + body
    }
    return Array("fLaC".utf8) + block(0, [UInt8](repeating: 1, count: 34))
      + block(4, [UInt8](repeating: 0x61, count: comment)) + block(0x81, [0, 0]) + sound
  }

  /// Opus headers and pages of sound; a long comment takes a page more, which renumbers the rest.
  static func ogg(_ sound: [UInt8], comment: Int) -> [UInt8] {
    var number = 0
    func page(_ body: [UInt8], isOpen: Bool = false) -> [UInt8] {
      defer { number += 1 }
      var table = [UInt8](repeating: 255, count: body.count / 255)
      if !isOpen { table.append(UInt8(body.count % 255)) }
      return Array("OggS".utf8) + [0, 0] + [UInt8](repeating: 9, count: 8) + [1, 2, 3, 4]
        + Sound.little(number, 4) + Sound.little(number &* 77_777, 4) + [UInt8(table.count)]
        + table + body
    }
    var file = page(Array("OpusHead".utf8) + [UInt8](repeating: 0, count: 11))
    let tags = Array("OpusTags".utf8) + [UInt8](repeating: 0x61, count: comment)
    let full = 255 * 255
    for start in stride(from: 0, to: tags.count, by: full) {
      let end = min(tags.count, start + full)
      file += page(Array(tags[start..<end]), isOpen: end < tags.count)
    }
    for start in stride(from: 0, to: sound.count, by: 4000) {
      file += page(Array(sound[start..<min(sound.count, start + 4000)]))
    }
    return file
  }

  static func mp4(_ sound: [UInt8], tags: Int, isTagFirst: Bool) -> [UInt8] {
    func atom(_ name: String, _ body: [UInt8]) -> [UInt8] {
      big(body.count + 8, 4) + Array(name.utf8) + body
    }
    let about = atom("moov", [UInt8](repeating: 0x61, count: tags))
    let media = atom("mdat", sound)
    return atom("ftyp", Array("M4A ".utf8)) + (isTagFirst ? about + media : media + about)
  }

  static func wave(_ sound: [UInt8], list: Int) -> [UInt8] {
    let info =
      list > 0
      ? Array("LIST".utf8) + Sound.little(list, 4) + [UInt8](repeating: 1, count: list) : []
    let body =
      Array("WAVEfmt ".utf8) + Sound.little(16, 4) + [UInt8](repeating: 1, count: 16) + info
      + Array("data".utf8) + Sound.little(sound.count, 4) + sound
    return Array("RIFF".utf8) + Sound.little(body.count, 4) + body
  }

  static func aiff(_ sound: [UInt8], name: Int) -> [UInt8] {
    func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
      Array(name.utf8) + big(body.count, 4) + body + (body.count % 2 == 1 ? [0] : [])
    }
    let body =
      Array("AIFF".utf8) + chunk("NAME", [UInt8](repeating: 0x61, count: name))
      + chunk("SSND", sound)
    return Array("FORM".utf8) + big(body.count, 4) + body
  }

  static func big(_ value: Int, _ count: Int) -> [UInt8] {
    Sound.little(value, count).reversed()
  }
}
