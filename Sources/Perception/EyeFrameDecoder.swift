/// Puts messages together again from bytes that arrive in any portions.
///
/// Feed it what the pipe gave and take messages until `next` answers nil. After the first error
/// the stream has lost its beat: bytes are dropped and every `next` throws that error again. It
/// holds at most one portion beyond `Message.maximumLength` bytes if messages are taken out
/// after each portion.
package struct EyeFrameDecoder<Message: EyeMessage>: Sendable {
  private var buffer: [UInt8] = []
  private var start = 0
  private var failure: EyeFramingError?

  package init() {}

  package mutating func append(_ bytes: some Sequence<UInt8>) {
    guard failure == nil else { return }
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole message; nil until more bytes come.
  package mutating func next() throws(EyeFramingError) -> Message? {
    if let failure { throw failure }
    do {
      return try take()
    } catch {
      failure = error
      buffer = []
      start = 0
      throw error
    }
  }

  private mutating func take() throws(EyeFramingError) -> Message? {
    var header = ByteReader(buffer[start...])
    guard buffer.count - start >= 4 else { return nil }
    let length = Int(try header.integer(UInt32.self))
    guard length >= 2, length <= Message.maximumLength else { throw .badLength(length) }
    // The version is looked at before the rest has come: garbage is told at once.
    guard buffer.count - start >= 5 else { return nil }
    let version = try header.byte()
    guard version == EyeFraming.version else { throw .version(version) }
    let end = start + 4 + length
    guard buffer.count >= end else { return nil }
    var body = ByteReader(buffer[(start + 5)..<end])
    let message = try Message(from: &body)
    guard body.isAtEnd else { throw .excess }
    start = end
    return message
  }
}
