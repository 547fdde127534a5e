import Perception

/// Which trained files the eye uses: those of the emotion classifier and the face cascade.
package struct Installation: Equatable, Sendable {
  package var classifier: ClassifierKind
  /// The file of that classifier.
  package var weights: String
  /// What `weights` must hold; nil takes them as they are, for whoever has no card that says.
  package var checksum: Checksum?
  /// `haarcascade_frontalface_alt.xml`.
  package var cascade: String

  package init(
    classifier: ClassifierKind = .network, weights: String, checksum: Checksum? = nil,
    cascade: String = Installation.systemCascade
  ) {
    self.classifier = classifier
    self.weights = weights
    self.checksum = checksum
    self.cascade = cascade
  }

  /// Where Debian's package opencv-data puts it. `alt` finds as many faces as `default` and
  /// takes a tenth of the false ones.
  package static let systemCascade =
    "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt.xml"
}
