/// Which of the program's classifiers reads the emotion in a face.
package enum ClassifierKind: String, CaseIterable, Sendable {
  /// The convolutional network, which the player uses.
  case network
  /// Histograms of oriented gradients and support vector machines, to compare with.
  case hog

  /// The name of its file in the folder of weights.
  package var weights: String {
    switch self {
    case .network: "emotion.onnx"
    case .hog: "hog.svm"
    }
  }
}
