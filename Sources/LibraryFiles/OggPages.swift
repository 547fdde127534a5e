/// Ogg pages as far as a fingerprint needs them: where the header packets end, and what is in the
/// pages. A longer comment changes the number and checksum of every page behind it, so only what
/// the pages carry may count.
enum OggPages {
  /// Bytes of a page before its table of segments.
  private static let headerSize = 27

  /// The pages behind the header packets; nil where the file ends before, or is not made of pages.
  static func sound(_ file: FileBytes, from start: Int, to end: Int) -> Range<Int>? {
    var place = start
    var packets = 0
    var wanted = 2
    for index in 0..<4096 {
      let head = file.bytes(at: place, headerSize + 255)
      guard let page = Page(head[...]), place + page.size <= end else { return nil }
      if index == 0 {
        wanted = headerPackets(file.bytes(at: place + page.headerSize, 12))
      }
      // A packet ends with a segment that is not full.
      packets += page.segments.count { $0 < 255 }
      place += page.size
      if packets >= wanted { return place < end ? place..<end : nil }
    }
    return nil
  }

  /// How many packets come before the sound; from the first one's beginning.
  private static func headerPackets(_ packet: [UInt8]) -> Int {
    if packet.dropFirst().starts(with: "vorbis".utf8) { return 3 }
    if packet.dropFirst().starts(with: "FLAC".utf8), packet.count >= 9 {
      // The number of metadata packets behind this one; 0 says that it is not known.
      return 1 + max(1, FileBytes.big(packet[7...8]))
    }
    // Opus and Speex: the identification and the comments.
    return 2
  }

  /// What the whole pages in a window carry. Bytes before the first page, and the last page where
  /// it is cut, are left out; so a window must not be so small that it holds none.
  static func payload(of window: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(window.count)
    var place = firstPage(window)
    while let page = Page(window[place...]), page.size <= window.count - place {
      result.append(contentsOf: window[place + page.headerSize..<place + page.size])
      place += page.size
    }
    return result
  }

  private static func firstPage(_ window: [UInt8]) -> Int {
    var place = 0
    while place + headerSize <= window.count {
      if window[place] == UInt8(ascii: "O"), Page(window[place...]) != nil { return place }
      place += 1
    }
    return window.count
  }

  private struct Page {
    var segments: ArraySlice<UInt8>
    var headerSize: Int { OggPages.headerSize + segments.count }
    var size: Int { headerSize + segments.reduce(0) { $0 + Int($1) } }

    /// Nil where `bytes` does not begin with a page header of version 0 and its table.
    init?(_ bytes: ArraySlice<UInt8>) {
      guard bytes.count >= OggPages.headerSize, bytes.starts(with: "OggS\0".utf8) else {
        return nil
      }
      let table = bytes.startIndex + OggPages.headerSize
      let count = Int(bytes[table - 1])
      guard bytes.endIndex - table >= count else { return nil }
      segments = bytes[table..<table + count]
    }
  }
}
