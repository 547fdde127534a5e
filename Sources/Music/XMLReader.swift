/// Reads as much XML as playlists need: elements, text, CDATA; attributes, comments and processing
/// instructions are passed over.
///
/// Nothing in a document can make it grow: it knows the five entities of XML and numbers, never one
/// that a document declares, and refuses elements nested deeper than any playlist's. A document
/// that is not well-formed is refused with its line.
struct XMLReader {
  enum Token: Equatable {
    /// An element begins; it is the last of `path`.
    case opened
    case text([UInt8])
    /// An element ended: its path, itself included.
    case closed([String])
  }

  /// The elements that are open, outermost first: local names in small letters.
  private(set) var path: [String] = []

  private static let deepest = 64
  private let bytes: [UInt8]
  private var place: Int
  /// The names as written, by which an end tag is judged.
  private var open: [ArraySlice<UInt8>] = []
  /// The last tag was an empty element, whose end is still to be told.
  private var isEmptyElement = false
  private var hasEnded = false

  init(_ bytes: ArraySlice<UInt8>) {
    // XML without a declaration is UTF-8; what is none was written in Latin-1.
    self.bytes =
      String(validating: bytes, as: UTF8.self) == nil
      ? Array(PlaylistText.latin(bytes).utf8) : Array(bytes)
    place = 0
  }

  /// The line that was read last, from 1.
  var line: Int { bytes[..<min(place, bytes.count)].count { $0 == 0x0A } + 1 }

  /// The next token; nil at the end of a whole document.
  mutating func next() throws(PlaylistFault) -> Token? {
    if isEmptyElement {
      isEmptyElement = false
      return close()
    }
    while place < bytes.count {
      if bytes[place] != UInt8(ascii: "<") {
        let text = characters()
        if !open.isEmpty { return .text(text) }
        guard PlaylistText.lines(text[...]).isEmpty else { throw fault("text outside of XML") }
      } else if starts("<!--") {
        try skip(past: "-->")
      } else if starts("<![CDATA[") {
        let start = place + 9
        try skip(past: "]]>")
        return .text(Array(bytes[start..<(place - 3)]))
      } else if starts("<?") {
        try skip(past: "?>")
      } else if starts("<!") {
        try skipDeclaration()
      } else {
        return try tag()
      }
    }
    if let name = open.last {
      throw fault("<\(String(decoding: name.prefix(40), as: UTF8.self))> is not closed")
    }
    guard hasEnded else { throw fault("no XML") }
    return nil
  }

  /// Text up to the next tag, its entities resolved.
  private mutating func characters() -> [UInt8] {
    var text: [UInt8] = []
    while place < bytes.count, bytes[place] != UInt8(ascii: "<") {
      if bytes[place] == UInt8(ascii: "&"), let entity = entity() {
        text += entity
      } else {
        text.append(bytes[place])
        place += 1
      }
    }
    return text
  }

  /// The entity that begins here; nil where it is none that is known, and stays as it is.
  private mutating func entity() -> [UInt8]? {
    let longest = 12
    let rest = bytes[(place + 1)...].prefix(longest)
    guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: rest[..<end], as: UTF8.self)
    let scalar: Unicode.Scalar? =
      switch name {
      case "amp": "&"
      case "lt": "<"
      case "gt": ">"
      case "quot": "\""
      case "apos": "'"
      default: Self.number(name).flatMap(Unicode.Scalar.init(_:))
      }
    guard let scalar else { return nil }
    place = end + 1
    return Array(String(Character(scalar)).utf8)
  }

  /// `#65` or `#x41`.
  private static func number(_ name: String) -> UInt32? {
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    return digits.hasPrefix("x") || digits.hasPrefix("X")
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  }

  private mutating func tag() throws(PlaylistFault) -> Token {
    let start = place
    let isEnd = starts("</")
    place += isEnd ? 2 : 1
    let name = bytes[place...].prefix { !Self.endsName($0) }
    guard !name.isEmpty else { throw fault("no element's name after <") }
    place = name.endIndex
    try skipAttributes(from: start)
    if isEnd {
      guard let last = open.last, last == name else {
        throw fault("</\(String(decoding: name.prefix(40), as: UTF8.self))> closes nothing")
      }
      return close()
    }
    guard !hasEnded else { throw fault("more than one document") }
    guard open.count < Self.deepest else { throw fault("nested deeper than any playlist") }
    isEmptyElement = bytes[place - 2] == UInt8(ascii: "/")
    open.append(name)
    path.append(Self.localName(name))
    return .opened
  }

  private mutating func close() -> Token {
    let closed = path
    open.removeLast()
    path.removeLast()
    hasEnded = open.isEmpty
    return .closed(closed)
  }

  /// Up to behind the `>` that ends the tag; one in quotes does not.
  private mutating func skipAttributes(from start: Int) throws(PlaylistFault) {
    var quote: UInt8?
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return
      } else if byte == UInt8(ascii: "<") {
        break
      }
    }
    place = start
    throw fault("a tag is not closed")
  }

  /// A document type: what it declares is never used.
  private mutating func skipDeclaration() throws(PlaylistFault) {
    let start = place
    var depth = 0
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "<") { depth += 1 }
      if byte == UInt8(ascii: ">") { depth -= 1 }
      if depth == 0 { return }
    }
    place = start
    throw fault("a declaration is not closed")
  }

  private mutating func skip(past end: String) throws(PlaylistFault) {
    let end = Array(end.utf8)
    var here = place + 2
    while here + end.count <= bytes.count {
      if bytes[here] == end[0], bytes[here...].starts(with: end) {
        place = here + end.count
        return
      }
      here += 1
    }
    throw fault("\(String(decoding: end, as: UTF8.self)) is missing")
  }

  private func starts(_ text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

  private func fault(_ reason: String) -> PlaylistFault {
    PlaylistFault(line: line, reason: reason)
  }

  private static func endsName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "<"): true
    default: false
    }
  }

  /// Without the prefix of its namespace.
  private static func localName(_ name: ArraySlice<UInt8>) -> String {
    let local = name.split(separator: UInt8(ascii: ":")).last ?? name
    return String(decoding: local, as: UTF8.self).lowercased()
  }
}
