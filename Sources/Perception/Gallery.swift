/// The numbers by which a registered face is recognised, as the recogniser made them.
///
/// Opaque outside the eye; no image can be read back from it by looking. Stored by the player,
/// handed to the eye, never written by the eye.
package struct FaceTemplate: Equatable, Sendable {
  /// Which recogniser made it, with its version: `lbph-1`. Another recogniser ignores it.
  package var recogniser: String
  package var bytes: [UInt8]

  package init(recogniser: String, bytes: [UInt8]) {
    self.recogniser = recogniser
    self.bytes = bytes
  }
}

/// A registered person as the eye needs to know them.
package struct GalleryEntry: Equatable, Sendable {
  /// The listener's id in the database.
  package var person: Int64
  package var template: FaceTemplate

  package init(person: Int64, template: FaceTemplate) {
    self.person = person
    self.template = template
  }
}

/// How well a face matches one registered person.
package struct IdentityCandidate: Equatable, Sendable {
  package var person: Int64
  /// 0...1, higher is likelier, whatever the recogniser.
  package var score: Double
  /// At or above it the person counts as recognised; on the same scale.
  package var threshold: Double

  package init(person: Int64, score: Double, threshold: Double) {
    self.person = person
    self.score = score
    self.threshold = threshold
  }

  package var isMatch: Bool { score >= threshold }
}

extension FaceTemplate {
  /// The recogniser that is in use; templates of any other are ignored.
  package static let currentRecogniser = "lbph-1"
}
