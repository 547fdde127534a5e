/// Where an entry of a playlist is, read from what the file says and written back to it.
///
/// Paths are bytes, as the disk has them. Nothing is looked up: a path from a Windows machine has no
/// counterpart here and is kept as it was written.
package enum PlaylistPlace: Equatable, Sendable {
  /// An absolute path without `.`, `..` and NUL.
  case file([UInt8])
  /// The address of something that is no file, as written: `https://...`.
  case address([UInt8])
  /// What names no file here, as written: another host's file; a drive or a share of Windows, which
  /// is without the escapes of a URI.
  case unresolvable([UInt8])

  /// The bytes for a message.
  package var displayText: String {
    PlaylistText.text(bytes[...]) ?? ""
  }

  /// The paths that may be meant, the likeliest first; none where it is no file of this machine.
  package var paths: [[UInt8]] {
    guard case .file(let path) = self else { return [] }
    return [path] + [latinPath].compactMap(\.self)
  }

  /// The path that the bytes mean where a program wrote them in Latin-1; nil where they are UTF-8,
  /// or no path.
  package var latinPath: [UInt8]? {
    guard case .file(let path) = self, String(validating: path, as: UTF8.self) == nil else {
      return nil
    }
    return Array(PlaylistText.latin(path[...]).utf8)
  }
}

// MARK: - Reading

extension PlaylistPlace {
  /// Reads a path or an address that stands in a line by itself; nil where nothing does. Throws
  /// where it is longer than any path.
  package init?(line: ArraySlice<UInt8>, folder: [UInt8]) {
    self.init(line, folder: folder, isReference: false)
  }

  init?(line: PlaylistText.Line, folder: [UInt8]) throws(PlaylistFault) {
    self.init(line.text, folder: folder, isReference: false)
    try refuseLength(line.number)
  }

  /// Reads a URI reference (RFC 3986), as XSPF has them; nil where it is empty.
  init?(reference: ArraySlice<UInt8>, folder: [UInt8]) throws(PlaylistFault) {
    self.init(reference, folder: folder, isReference: true)
    try refuseLength(nil)
  }

  private func refuseLength(_ line: Int?) throws(PlaylistFault) {
    guard bytes.count > PlaylistText.longestPlace else { return }
    throw PlaylistFault(
      line: line, reason: "longer than \(PlaylistText.longestPlace >> 10) KB, and no path is")
  }

  private var bytes: [UInt8] {
    switch self {
    case .file(let bytes), .address(let bytes), .unresolvable(let bytes): bytes
    }
  }

  private init?(_ written: ArraySlice<UInt8>, folder: [UInt8], isReference: Bool) {
    let written = PlaylistText.trimmed(written)
    guard !written.isEmpty else { return nil }
    if let path = Self.windowsPath(written, isReference: isReference) {
      self = .unresolvable(path)
    } else if let scheme = Self.scheme(written, isReference: isReference) {
      self = scheme == "file" ? Self.file(address: written) : .address(Array(written))
    } else {
      var path = Self.withSlashes(written)
      if isReference { path = PercentEncoding.decode(path) }
      self = Self.resolved(path, written, folder)
    }
  }

  private static func resolved(
    _ path: ArraySlice<UInt8>, _ written: ArraySlice<UInt8>, _ folder: [UInt8]
  ) -> PlaylistPlace {
    guard !path.contains(0) else { return .unresolvable(Array(written)) }
    if path.first == slash { return .file(normal(path)) }
    return .file(normal((folder + [slash] + path)[...]))
  }

  /// `file:///path`, `file://localhost/path`, `file:/path`.
  private static func file(address: ArraySlice<UInt8>) -> PlaylistPlace {
    var rest = address.dropFirst(5)
    if rest.starts(with: [slash, slash]) {
      rest = rest.dropFirst(2)
      let host = rest.prefix { $0 != slash }
      guard host.isEmpty || lowercased(host) == "localhost" else {
        return .unresolvable(Array(address))
      }
      rest = rest.dropFirst(host.count)
    }
    guard rest.first == slash, !isWindows(rest.dropFirst()) else {
      return .unresolvable(Array(address))
    }
    return resolved(PercentEncoding.decode(rest), address, [])
  }

  /// A path of Windows; nil for anything else.
  private static func windowsPath(
    _ written: ArraySlice<UInt8>, isReference: Bool
  ) -> [UInt8]? {
    if isReference {
      let path = PercentEncoding.decode(written)
      if isWindows(path), !path.contains(0) { return Array(path) }
    }
    return isWindows(written) ? Array(written) : nil
  }

  /// A drive (`C:\`, `C:/`, `C|/`) or a share (`\\server`).
  private static func isWindows(_ text: ArraySlice<UInt8>) -> Bool {
    let start = Array(text.prefix(3))
    if start.starts(with: [backslash, backslash]) { return true }
    guard start.count >= 2, isLetter(start[0]) else { return false }
    guard start[1] == UInt8(ascii: ":") || start[1] == UInt8(ascii: "|") else { return false }
    return start.count == 3 && (start[2] == slash || start[2] == backslash)
  }

  /// The scheme in small letters. In a line by itself `Artist: Song.mp3` is a file's name, so that
  /// two slashes have to follow, or one after `file:`.
  private static func scheme(_ text: ArraySlice<UInt8>, isReference: Bool) -> String? {
    guard let first = text.first, isLetter(first) else { return nil }
    let longest = 32
    let head = text.prefix(longest).prefix { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
    let rest = text[head.endIndex...]
    guard head.count > 1, rest.first == UInt8(ascii: ":") else { return nil }
    let scheme = lowercased(head)
    let after = rest.dropFirst()
    let isMeant =
      isReference || after.starts(with: [slash, slash])
      || (scheme == "file" && after.first == slash)
    return isMeant ? scheme : nil
  }

  /// Where backslashes part the names, and no slash does, they are Windows' separators.
  private static func withSlashes(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard path.contains(backslash), !path.contains(slash) else { return path }
    return path.map { $0 == backslash ? slash : $0 }[...]
  }

  /// Without empty names, `.` and `..`; the file system is not asked.
  private static func normal(_ path: ArraySlice<UInt8>) -> [UInt8] {
    let dot = UInt8(ascii: ".")
    var names: [ArraySlice<UInt8>] = []
    for name in path.split(separator: slash) {
      if name.elementsEqual([dot]) { continue }
      if name.elementsEqual([dot, dot]) {
        _ = names.popLast()
      } else {
        names.append(name)
      }
    }
    var result: [UInt8] = []
    result.reserveCapacity(path.count)
    for name in names {
      result.append(slash)
      result.append(contentsOf: name)
    }
    return result.isEmpty ? [slash] : result
  }
}

// MARK: - Writing

extension PlaylistPlace {
  /// As a line by itself. A path that a line cannot carry (control characters, blanks at its end, no
  /// UTF-8 in a format of UTF-8) is written as the address of a file.
  func line(_ format: PlaylistFormat, relativeTo folder: [UInt8]?) -> [UInt8] {
    switch self {
    case .address(let bytes), .unresolvable(let bytes): return Self.visible(bytes)
    case .file(let path):
      guard Self.fitsLine(path, format) else { return Self.fileAddress(path) }
      guard let relative = Self.below(folder, path) else { return path }
      let isMistakable =
        relative.first == UInt8(ascii: "#") || relative.first == UInt8(ascii: " ")
        || relative.contains { $0 == Self.backslash || ":|".utf8.contains($0) }
      return isMistakable ? [UInt8(ascii: "."), Self.slash] + relative : Array(relative)
    }
  }

  /// As a URI reference.
  func reference(relativeTo folder: [UInt8]?) -> [UInt8] {
    switch self {
    case .unresolvable(let path) where Self.isWindows(path[...]):
      // A drive keeps its colon, by which others know it.
      let drive = path.dropFirst().first == UInt8(ascii: ":") ? path.prefix(2) : []
      return drive + PercentEncoding.encode(path.dropFirst(drive.count))
    case .address(let bytes), .unresolvable(let bytes): return Self.visible(bytes)
    case .file(let path):
      guard let relative = Self.below(folder, path) else { return Self.fileAddress(path) }
      let here = Self.isWindows(relative) ? [UInt8(ascii: "."), Self.slash] : []
      return here + PercentEncoding.encode(relative)
    }
  }

  /// As written, but nothing that would end the line.
  private static func visible(_ bytes: [UInt8]) -> [UInt8] {
    guard String(validating: bytes, as: UTF8.self) == nil else {
      return PercentEncoding.withoutControls(bytes[...])
    }
    return PercentEncoding.withoutControls(Array(PlaylistText.latin(bytes[...]).utf8)[...])
  }

  private static func fileAddress(_ path: [UInt8]) -> [UInt8] {
    Array("file://".utf8) + PercentEncoding.encode(path[...])
  }

  private static func fitsLine(_ path: [UInt8], _ format: PlaylistFormat) -> Bool {
    guard path.last != UInt8(ascii: " "), path.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      return false
    }
    return format.takesAnyBytes || String(validating: path, as: UTF8.self) != nil
  }

  /// The part of a path below a folder; nil where it lies elsewhere.
  private static func below(_ folder: [UInt8]?, _ path: [UInt8]) -> ArraySlice<UInt8>? {
    guard let folder else { return nil }
    let stem = folder.last == slash ? folder : folder + [slash]
    guard path.count > stem.count, path.starts(with: stem) else { return nil }
    return path[stem.count...]
  }

  private static let slash = UInt8(ascii: "/")
  private static let backslash = UInt8(ascii: "\\")

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).lowercased()
  }
}
