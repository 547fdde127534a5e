import CPaths
import Music

/// The language between a scan and its tag workers: frames of a length (UInt32) and a body, all
/// numbers little-endian.
///
///     greeting   the worker's first four bytes, "ETW2": it runs, and speaks this version
///     request    length, path (1...65536 bytes)
///     answer     length, 0, presence (UInt32), then each tag that is present, in the order of
///                `Tags` and `TagDetails`: texts as length (UInt16) and UTF-8, lists as a count
///                (UInt8) of texts, counts as Int32, measures as Float64, what is true as nothing
///                length, fault kind (1...255), reason as length (UInt16) and UTF-8
///
/// Answers come in the order of the requests. A body above its limit, a body that ends early or
/// goes on too long, and numbers that are none are refused: the worker read foreign bytes and may
/// have lost its senses.
enum TagCodec {
  static let greeting = Array("ETW2".utf8)
  static let requestLimit = Int(EMUS_PATH_LIMIT)
  static let answerLimit = 65536
  /// Bytes of one text: `Tags.lengthLimit` characters of four bytes.
  static let textLimit = Tags.lengthLimit * 4
  /// Bytes of a cue sheet: one less than the tag library hands on, so that one cut there is seen.
  static let sheetLimit = 8191

  /// What the front of a buffer holds.
  enum Frame: Equatable {
    case body(Range<Int>)
    case incomplete
    case oversized
  }

  /// The body of the frame that begins at `offset`.
  static func frame(in buffer: [UInt8], at offset: Int, limit: Int) -> Frame {
    guard buffer.count - offset >= 4 else { return .incomplete }
    var length = 0
    for index in 0..<4 { length |= Int(buffer[offset + index]) << (8 * index) }
    guard length <= limit else { return .oversized }
    let start = offset + 4
    return buffer.count - start >= length ? .body(start..<start + length) : .incomplete
  }

  static func appendRequest(_ path: [UInt8], to buffer: inout [UInt8]) {
    append(UInt32(path.count), to: &buffer)
    buffer.append(contentsOf: path)
  }

  static func appendAnswer(_ answer: Result<Tags, TagFault>, to buffer: inout [UInt8]) {
    let start = buffer.count
    append(UInt32(0), to: &buffer)
    switch answer {
    case .success(let tags):
      buffer.append(0)
      append(tags, to: &buffer)
    case .failure(let fault):
      buffer.append(fault.kind.rawValue)
      append(fault.reason, to: &buffer)
    }
    var length = UInt32(buffer.count - start - 4)
    for index in 0..<4 {
      buffer[start + index] = UInt8(truncatingIfNeeded: length)
      length >>= 8
    }
  }

  /// Nil where the body is not an answer.
  static func answer(_ buffer: [UInt8], _ body: Range<Int>) -> Result<Tags, TagFault>? {
    var input = Input(buffer: buffer, at: body.lowerBound, end: body.upperBound)
    guard let kind = input.byte() else { return nil }
    let result: Result<Tags, TagFault>?
    if kind == 0 {
      result = tags(&input).map { .success($0) }
    } else {
      guard let kind = TagFault.Kind(rawValue: kind), let reason = input.text() else { return nil }
      result = .failure(TagFault(kind, reason))
    }
    return input.isAtEnd ? result : nil
  }

  // MARK: - Tags

  private static func append(_ tags: Tags, to buffer: inout [UInt8]) {
    let presence = buffer.count
    append(UInt32(0), to: &buffer)
    var bits: UInt32 = 0
    var next: UInt32 = 1
    /// Marks the tag, in the order of the calls; answers whether it is to be written.
    func mark(_ isPresent: Bool) -> Bool {
      defer { next <<= 1 }
      if isPresent { bits |= next }
      return isPresent
    }
    let texts = [tags.title, tags.artist, tags.album, tags.albumArtist, tags.genre]
    for text in texts where mark(text != nil) { append(text ?? "", to: &buffer) }
    for count in [tags.year, tags.track, tags.disc] where mark(count != nil) {
      append(UInt32(truncatingIfNeeded: count ?? 0), to: &buffer)
    }
    if mark(tags.duration != nil) { append((tags.duration ?? 0).bitPattern, to: &buffer) }
    if mark(tags.mood != nil) { append(tags.mood ?? "", to: &buffer) }
    if mark(tags.bpm != nil) { append((tags.bpm ?? 0).bitPattern, to: &buffer) }
    if mark(tags.rating != nil) {
      append(UInt32(truncatingIfNeeded: tags.rating ?? 0), to: &buffer)
    }
    append(tags.details, to: &buffer, mark)
    if mark(tags.cueSheet != nil) {
      append(tags.cueSheet ?? "", limit: sheetLimit, to: &buffer)
    }
    for index in 0..<4 { buffer[presence + index] = UInt8(truncatingIfNeeded: bits >> (8 * index)) }
  }

  private static func append(
    _ details: TagDetails, to buffer: inout [UInt8], _ mark: (Bool) -> Bool
  ) {
    for list in [details.artists, details.genres, details.artistIDs] where mark(!list.isEmpty) {
      append(list, to: &buffer)
    }
    for text in [details.originalDate, details.recordingID, details.releaseID]
    where mark(text != nil) { append(text ?? "", to: &buffer) }
    let gain = details.gain
    for value in [gain.track, gain.trackPeak, gain.album, gain.albumPeak] where mark(value != nil) {
      append((value ?? 0).bitPattern, to: &buffer)
    }
    for flag in [details.isCompilation, details.hasCover, details.hasLyrics] { _ = mark(flag) }
  }

  private static func tags(_ input: inout Input) -> Tags? {
    guard var bits: UInt32 = input.integer() else { return nil }
    /// Reads the next tag if it is present.
    func next<T>(_ read: (inout Input) -> T?) -> T? {
      defer { bits >>= 1 }
      guard bits & 1 == 1 else { return nil }
      let value = read(&input)
      if value == nil { input.isBroken = true }
      return value
    }
    var tags = Tags()
    tags.title = next { $0.text() }
    tags.artist = next { $0.text() }
    tags.album = next { $0.text() }
    tags.albumArtist = next { $0.text() }
    tags.genre = next { $0.text() }
    tags.year = next { $0.count() }
    tags.track = next { $0.count() }
    tags.disc = next { $0.count() }
    tags.duration = next { $0.measure() }
    tags.mood = next { $0.text() }
    tags.bpm = next { $0.measure() }
    tags.rating = next { $0.count() }
    tags.details.artists = next { $0.list() } ?? []
    tags.details.genres = next { $0.list() } ?? []
    tags.details.artistIDs = next { $0.list() } ?? []
    tags.details.originalDate = next { $0.text() }
    tags.details.recordingID = next { $0.text() }
    tags.details.releaseID = next { $0.text() }
    tags.details.gain.track = next { $0.measure() }
    tags.details.gain.trackPeak = next { $0.measure() }
    tags.details.gain.album = next { $0.measure() }
    tags.details.gain.albumPeak = next { $0.measure() }
    tags.details.isCompilation = next { _ in true } ?? false
    tags.details.hasCover = next { _ in true } ?? false
    tags.details.hasLyrics = next { _ in true } ?? false
    tags.cueSheet = next { $0.text(limit: sheetLimit) }
    return bits == 0 ? tags : nil
  }

  // MARK: - Pieces

  private static func append<T: FixedWidthInteger>(_ value: T, to buffer: inout [UInt8]) {
    var rest = value
    for _ in 0..<T.bitWidth / 8 {
      buffer.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  private static func append(
    _ text: String, limit: Int = textLimit, to buffer: inout [UInt8]
  ) {
    let length = min(text.utf8.count, limit)
    append(UInt16(length), to: &buffer)
    buffer.append(contentsOf: text.utf8.prefix(length))
  }

  /// As many of the texts as one text may have bytes: a list is no way around that limit.
  private static func append(_ list: [String], to buffer: inout [UInt8]) {
    var rest = textLimit
    let texts = list.prefix(TagDetails.listLimit).prefix { text in
      rest -= text.utf8.count
      return rest >= 0
    }
    buffer.append(UInt8(texts.count))
    for text in texts { append(text, to: &buffer) }
  }

  /// Reads from the front of a body; anything that is not there is nil.
  private struct Input {
    let buffer: [UInt8]
    var at: Int
    let end: Int
    /// Something that should have been there was not.
    var isBroken = false

    var isAtEnd: Bool { at == end && !isBroken }

    mutating func byte() -> UInt8? { integer() }

    mutating func integer<T: FixedWidthInteger & UnsignedInteger>() -> T? {
      let size = T.bitWidth / 8
      guard end - at >= size else { return nil }
      var value: T = 0
      for index in 0..<size { value |= T(buffer[at + index]) << (8 * index) }
      at += size
      return value
    }

    mutating func count() -> Int? {
      guard let bits: UInt32 = integer() else { return nil }
      return Int(Int32(bitPattern: bits))
    }

    mutating func measure() -> Double? {
      guard let bits: UInt64 = integer() else { return nil }
      let value = Double(bitPattern: bits)
      return value.isFinite ? value : nil
    }

    mutating func text(limit: Int = textLimit) -> String? {
      guard let size: UInt16 = integer(), Int(size) <= limit, end - at >= Int(size) else {
        return nil
      }
      defer { at += Int(size) }
      return String(decoding: buffer[at..<at + Int(size)], as: UTF8.self)
    }

    mutating func list() -> [String]? {
      guard let count = byte(), Int(count) <= TagDetails.listLimit else { return nil }
      var texts: [String] = []
      for _ in 0..<count {
        guard let text = text() else { return nil }
        texts.append(text)
      }
      return texts
    }
  }
}
