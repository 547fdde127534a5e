import Foundation
import Perception

/// A path as results for machines have it: a text, and where the path is no UTF-8, so that the text
/// only resembles it, its bytes too.
struct PathOutput {
  /// A byte that is no UTF-8 is written `\xE9`.
  let text: String
  /// Base64 of the path; nil where the text is the path.
  let bytes: String?

  init(_ path: [UInt8]) { self.init(FileName.text(of: path)) }

  /// Of a text that `FileName` made.
  init(_ name: String) {
    text = FileName.shown(name)
    bytes = FileName.isUTF8(name) ? nil : Data(FileName.bytes(of: name)).base64EncodedString()
  }
}
