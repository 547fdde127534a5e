/// The language on the pipe between the player and `emus-eye`: messages as bytes.
///
/// One message is one frame, all numbers little endian:
///
///     UInt32 length   of what follows, at least 2
///     UInt8  version  4
///     UInt8  tag      which case of the message, see `EyeFraming+Request` and `+Reply`
///     ...             the fields of that case in the order of their declaration
///
/// `Int` takes 4 bytes, a person's `Int64` 8, `Double` 8 and `Float` 4 bytes of IEEE 754 (a NaN travels as one), `Bool`
/// one byte (0 or 1), text and byte blocks a UInt32 count and the bytes, arrays a UInt32 count
/// and the elements, an optional a `Bool` and the value. A frame whose bytes are not all used is
/// refused, so an old program never half-understands a new one.
package enum EyeFraming {
  package static let version: UInt8 = 4
  /// Bytes of one text: a path is at most 4096.
  static let maximumString = 1 << 16
  /// Bytes of one person's numbers.
  static let maximumTemplate = 1 << 23
  static let maximumPeople = 10_000
  static let maximumLogits = 64
  static let maximumEmbedding = 4096
  /// Columns, and rows, of a preview; a larger wish is cut to it.
  package static let maximumSide = 500

  /// The frame of a request. Encoding never fails; a value beyond the limits is refused by the
  /// decoder on the other side.
  package static func encode(_ request: EyeRequest) -> [UInt8] { frame(request) }

  /// The frame of a reply.
  package static func encode(_ reply: EyeReply) -> [UInt8] { frame(reply) }

  private static func frame(_ message: some EyeMessage) -> [UInt8] {
    var writer = ByteWriter()
    writer.count(0)
    writer.byte(version)
    message.write(to: &writer)
    writer.setLength(at: 0)
    return writer.bytes
  }
}

/// What can be framed: a request or a reply.
package protocol EyeMessage: Equatable, Sendable {
  /// Writes the tag and the fields.
  func write(to writer: inout ByteWriter)
  /// Reads the tag and the fields.
  init(from reader: inout ByteReader) throws(EyeFramingError)
  /// The longest frame of this kind that is believed, in bytes after the length.
  static var maximumLength: Int { get }
}

/// Why bytes from the pipe are no message. The stream cannot be read on after any of these.
package enum EyeFramingError: Error, Equatable, Sendable, CustomStringConvertible {
  case version(UInt8)
  case badLength(Int)
  case unknownTag(UInt8)
  /// The frame ended within a field.
  case truncated
  /// Bytes were left over after the last field.
  case excess
  case tooMany(String, Int)
  case badValue(String)

  package var description: String {
    switch self {
    case .version(let other):
      "protocol version \(other) where \(EyeFraming.version) is spoken: "
        + "install emus and emus-eye of one version"
    case .badLength(let length): "a message of \(length) bytes"
    case .unknownTag(let tag): "an unknown message \(tag)"
    case .truncated: "a message that ends too early"
    case .excess: "a message with bytes too many"
    case .tooMany(let what, let count): "\(count) \(what), more than allowed"
    case .badValue(let what): "a wrong value: \(what)"
    }
  }
}
