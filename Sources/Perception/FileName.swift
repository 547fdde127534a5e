/// The name of a file as text, where a file system takes any bytes but NUL and text has to be UTF-8.
///
/// A name that is UTF-8 is its own text, unchanged and not normalised. Of any other each byte that is
/// no UTF-8 becomes a mark: a NUL, which no name can hold, and `\xE9`. So no two names have the same
/// text, and every text of a program is the text of a name already. What the command line gives is
/// turned into text once, before anything reads it, and back into bytes where a file is opened. It
/// opens nothing. `PathText` (Music) is for what the catalogue holds, which are bytes.
package enum FileName {
  private static let mark = Array("\0\\x".utf8)
  private static let digits = Array("0123456789ABCDEF".utf8)

  package static func text(of name: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(name.count)
    var bytes = name.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var place = 0
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid(let scalar):
        result += name[place] == 0 ? marked(0) : Array(scalar)
        place += scalar.count
      case .error(let length):
        for byte in name[place..<place + length] { result += marked(byte) }
        place += length
      case .emptyInput: return String(decoding: result, as: UTF8.self)
      }
    }
  }

  package static func bytes(of text: String) -> [UInt8] {
    let written = Array(text.utf8)
    guard written.contains(0) else { return written }
    var result: [UInt8] = []
    var rest = written[...]
    while let first = rest.first {
      if let byte = byte(markedBy: rest) {
        result.append(byte)
        rest = rest.dropFirst(mark.count + 2)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// The bytes as C takes them, with a NUL at their end; nil where there is one among them, which no
  /// file's name can have.
  package static func cString(_ text: String) -> [CChar]? {
    let bytes = bytes(of: text)
    return bytes.contains(0) ? nil : bytes.map { CChar(bitPattern: $0) } + [0]
  }

  /// True where the name is its own text.
  package static func isUTF8(_ text: String) -> Bool { !text.utf8.contains(0) }

  /// A name, or a message with names in it, for people: a byte that is no UTF-8 as `\xE9`.
  package static func shown(_ text: String) -> String {
    isUTF8(text) ? text : String(decoding: text.utf8.filter { $0 != 0 }, as: UTF8.self)
  }

  private static func marked(_ byte: UInt8) -> [UInt8] {
    mark + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private static func byte(markedBy text: ArraySlice<UInt8>) -> UInt8? {
    guard text.starts(with: mark) else { return nil }
    let number = text.dropFirst(mark.count).prefix(2).compactMap { digits.firstIndex(of: $0) }
    return number.count == 2 ? UInt8(number[0] << 4 | number[1]) : nil
  }
}
