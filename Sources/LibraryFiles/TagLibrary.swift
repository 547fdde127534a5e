import CPaths
import CTagLib
import Glibc
import Music
import Synchronization

/// The only file that calls TagLib. It turns a path into the raw texts of a file, still as the
/// file has them; `TagReader` makes sense of them. It reads one file at a time, from any
/// thread, but it runs foreign code on foreign bytes: in the program only workers call it.
enum TagLibrary {
  /// The texts and numbers of a file that can be played.
  struct Raw: Equatable {
    /// By field; a missing tag is "".
    var texts: [String]
    /// Milliseconds; 0 is unknown.
    var milliseconds: Int64
    /// The rating byte of an ID3v2 POPM frame, 0...255; nil without one.
    var popularity: Int?
    var hasCover = false
    var hasLyrics = false

    subscript(field: emus_tag_field) -> String { texts[Int(field.rawValue)] }
  }

  private static let fieldCount = Int(EMUS_TAG_FIELD_COUNT.rawValue)

  /// Reads one file. `path` is bytes without NUL. The C function is `emus_tag_read`.
  static func read(_ path: [UInt8]) -> Result<Raw, TagFault> {
    guard path.count < Int(EMUS_PATH_LIMIT), !path.contains(0) else { return .failure(.badPath) }
    let name = path.map { CChar(bitPattern: $0) } + [0]
    return memory.withLock { memory in
      memory.withUnsafeMutableBytes { text in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: fieldCount) { lengths in
          let texts = text.assumingMemoryBound(to: UInt8.self)
          guard let start = texts.baseAddress, let counts = lengths.baseAddress else {
            return .failure(.badPath)
          }
          var numbers = emus_tag_numbers()
          let status = emus_tag_read(name, &numbers, start, texts.count, counts)
          guard status == EMUS_TAG_OK else { return .failure(fault(status, numbers)) }
          return .success(raw(UnsafeRawBufferPointer(text), Array(lengths), numbers))
        }
      }
    }
  }

  /// For the texts of one file, kept: so large a piece, taken and returned for each file, has the
  /// allocator tidy up each time.
  private static let memory = Mutex(
    [UInt8](repeating: 0, count: 15 * Int(EMUS_TAG_TEXT_LIMIT)))

  private static func raw(
    _ text: UnsafeRawBufferPointer, _ lengths: [UInt32], _ numbers: emus_tag_numbers
  ) -> Raw {
    var offset = 0
    let texts = lengths.map { length in
      defer { offset += Int(length) }
      return length == 0
        ? "" : String(decoding: text[offset..<offset + Int(length)], as: UTF8.self)
    }
    return Raw(
      texts: texts, milliseconds: numbers.duration_ms,
      popularity: numbers.popularity < 0 ? nil : Int(numbers.popularity),
      hasCover: numbers.has_cover != 0, hasLyrics: numbers.has_lyrics != 0)
  }

  private static func fault(_ status: emus_tag_status, _ numbers: emus_tag_numbers) -> TagFault {
    switch status {
    case EMUS_TAG_CANNOT_OPEN where numbers.system_error == ENOENT: .vanished
    case EMUS_TAG_CANNOT_OPEN: TagFault(.unreadable, lastError())
    case EMUS_TAG_NOT_A_FILE: .notAFile
    case EMUS_TAG_EMPTY: .empty
    case EMUS_TAG_UNRECOGNISED: .unrecognised
    case EMUS_TAG_NO_AUDIO: .noAudio
    default: TagFault(.damaged, "the tag library gave up: \(lastError())")
    }
  }

  private static func lastError() -> String {
    Tags.clean(String(cString: emus_tag_last_error())) ?? "unknown error"
  }
}
