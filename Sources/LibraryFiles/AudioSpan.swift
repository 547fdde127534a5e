/// Where in a file the sound is, without the tags before and behind it: what a fingerprint is made
/// of. Reads headers through a closure and believes none of them: whatever a file says, the span
/// lies within it. It does not look for sound; of an unknown format it takes the middle.
struct AudioSpan: Equatable {
  /// Bytes of the file.
  var range: Range<Int>
  /// The span is made of Ogg pages, whose headers change with the tags.
  var isPaged = false

  /// The span in a file of `length` bytes; empty where there is no sound in it.
  static func find(length: Int, reader: @escaping Fingerprint.Reader) -> AudioSpan {
    guard length > 0 else { return AudioSpan(range: 0..<0) }
    let file = FileBytes(length: length, reader: reader)
    let start = afterLeadingTags(file)
    let end = max(start, beforeTrailingTags(file, from: start))
    let head = file.bytes(at: start, 48)
    let found: Range<Int>? =
      switch true {
      case head.starts(with: "fLaC".utf8): afterBlocks(file, start, end)
      case head.starts(with: "OggS".utf8): OggPages.sound(file, from: start, to: end)
      case head.starts(with: "RIFF".utf8), head.starts(with: "RF64".utf8):
        chunk("data", file, start, isLittle: true)
      case head.starts(with: "FORM".utf8): chunk("SSND", file, start, isLittle: false)
      case head.dropFirst(4).starts(with: "ftyp".utf8): mediaData(file, start)
      case head.starts(with: asfHeader): afterHeader(file, start)
      case isKnownStream(head): min(end, start + InfoFrame.size(head))..<end
      default: middle(start..<end)
      }
    return AudioSpan(
      range: (found ?? middle(start..<end)).clamped(to: 0..<length),
      isPaged: found != nil && head.starts(with: "OggS".utf8))
  }

  // MARK: - Tags around the sound

  /// ID3v2 tags, of which there may be several.
  private static func afterLeadingTags(_ file: FileBytes) -> Int {
    var start = 0
    for _ in 0..<8 {
      let head = file.bytes(at: start, 10)
      guard head.count == 10, head.starts(with: "ID3".utf8), head[6...9].allSatisfy({ $0 < 0x80 })
      else { break }
      let hasFooter = head[5] & 0x10 != 0
      let size = head[6...9].reduce(0) { $0 << 7 | Int($1) }
      start += size + (hasFooter ? 20 : 10)
    }
    return min(start, file.length)
  }

  /// ID3v1 and APE tags, in either order.
  private static func beforeTrailingTags(_ file: FileBytes, from start: Int) -> Int {
    var end = file.length
    for _ in 0..<4 {
      if end - start >= 128, file.bytes(at: end - 128, 3).starts(with: "TAG".utf8) {
        end -= 128
      } else if end - start >= 32, let size = apeTag(file.bytes(at: end - 32, 32)) {
        guard size <= end - start else { break }
        end -= size
      } else {
        break
      }
    }
    return end
  }

  /// The size of the tag that this footer belongs to, its header included.
  private static func apeTag(_ footer: [UInt8]) -> Int? {
    guard footer.count == 32, footer.starts(with: "APETAGEX".utf8) else { return nil }
    let hasHeader = footer[23] & 0x80 != 0
    return max(32, FileBytes.little(footer[12..<16])) + (hasHeader ? 32 : 0)
  }

  // MARK: - Containers

  /// FLAC: behind the metadata blocks, where the frames begin.
  private static func afterBlocks(_ file: FileBytes, _ start: Int, _ end: Int) -> Range<Int>? {
    var place = start + 4
    for _ in 0..<1024 {
      let head = file.bytes(at: place, 4)
      guard head.count == 4 else { return nil }
      place += 4 + FileBytes.big(head[1...3])
      guard place <= end else { return nil }
      if head[0] & 0x80 != 0 { return place..<end }
    }
    return nil
  }

  /// RIFF and AIFF: one chunk of the form.
  private static func chunk(
    _ name: String, _ file: FileBytes, _ start: Int, isLittle: Bool
  ) -> Range<Int>? {
    var place = start + 12
    for _ in 0..<1024 {
      let head = file.bytes(at: place, 8)
      guard head.count == 8 else { return nil }
      let size = isLittle ? FileBytes.little(head[4...7]) : FileBytes.big(head[4...7])
      // A size of all ones means as long as the file: streamed, or 64 bits elsewhere.
      let end = min(file.length, place + 8 + size)
      if head.starts(with: name.utf8) { return place + 8..<end }
      place += 8 + size + size % 2
    }
    return nil
  }

  /// MP4: the largest `mdat`.
  private static func mediaData(_ file: FileBytes, _ start: Int) -> Range<Int>? {
    var place = start
    var largest: Range<Int>?
    for _ in 0..<1024 {
      let head = file.bytes(at: place, 16)
      guard head.count >= 8 else { break }
      var size = FileBytes.big(head[0..<4])
      var inside = 8
      if size == 1, head.count == 16 {
        size = FileBytes.big(head[8..<16])
        inside = 16
      } else if size == 0 {
        size = file.length - place
      }
      guard size >= inside, size <= file.length - place else { break }
      if head[4..<8].elementsEqual("mdat".utf8), size - inside > largest?.count ?? 0 {
        largest = place + inside..<place + size
      }
      place += size
    }
    return largest
  }

  private static let asfHeader: [UInt8] = [
    0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C,
  ]

  /// ASF: the data object, which comes behind the header object.
  private static func afterHeader(_ file: FileBytes, _ start: Int) -> Range<Int>? {
    let size = FileBytes.little(file.bytes(at: start + 16, 8)[...])
    guard size >= 30, size <= file.length - start else { return nil }
    let data = FileBytes.little(file.bytes(at: start + size + 16, 8)[...])
    guard data >= 50, data <= file.length - start - size else { return nil }
    return start + size + 50..<start + size + data
  }

  /// Formats whose sound is all that lies between the tags: MPEG, ADTS, WavPack, Monkey's Audio,
  /// Musepack, True Audio.
  private static func isKnownStream(_ head: [UInt8]) -> Bool {
    if head.count > 1, head[0] == 0xFF, head[1] & 0xE0 == 0xE0 { return true }
    return ["wvpk", "MAC ", "MPCK", "MP+", "TTA1"].contains { head.starts(with: $0.utf8) }
  }

  /// Of what nothing is known: without 128 KiB at either end, or the middle half.
  private static func middle(_ range: Range<Int>) -> Range<Int> {
    let margin = min(131_072, range.count / 4)
    return range.lowerBound + margin..<range.upperBound - margin
  }
}

/// Bytes of a file at offsets that come from the file itself.
struct FileBytes {
  let length: Int
  let reader: Fingerprint.Reader

  /// Fewer bytes at the end of the file, none outside of it.
  func bytes(at offset: Int, _ count: Int) -> [UInt8] {
    guard offset >= 0, offset < length else { return [] }
    return reader(offset, min(count, length - offset))
  }

  /// The lowest byte first; at most eight bytes, without the sign.
  static func little(_ bytes: ArraySlice<UInt8>) -> Int {
    Int(truncatingIfNeeded: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & .max >> 2)
  }

  /// The highest byte first; at most eight bytes, without the sign.
  static func big(_ bytes: ArraySlice<UInt8>) -> Int {
    Int(truncatingIfNeeded: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & .max >> 2)
  }
}
