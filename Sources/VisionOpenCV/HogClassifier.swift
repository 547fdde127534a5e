import Perception

/// Reads the emotion in a face with histograms of oriented gradients and seven linear machines,
/// one an emotion: a classic without a network, to compare it with (after James et al. 2019).
///
/// Its logits are decisions divided by a temperature that comes with the weights, so that their
/// softmax needs none. It has no embedding.
package final class HogClassifier: EmotionClassifier {
  private let weights: HogWeights

  /// A file of weights may not be larger.
  static let maximumBytes = 1 << 20

  /// Reads the weights; throws `.installation`, naming the file, where they are none.
  package init(weights path: String) throws(EyeTrouble) {
    guard Disk.isFile(path) else {
      throw EyeTrouble(
        kind: .installation,
        message: "\(path): no HOG weights there: emus train hog --data FACES makes them")
    }
    let bytes = try Disk.weights(at: path, limit: Self.maximumBytes)
    do {
      weights = try HogWeights(bytes: bytes)
    } catch {
      throw EyeTrouble(
        kind: .installation,
        message: "\(path): \(error): install EMUS again, or emus train hog --data FACES --replace")
    }
  }

  package func answer(to levels: [UInt8]) throws(EyeTrouble) -> EmotionAnswer? {
    let logits = weights.logits(for: try Self.values(of: levels, layout: weights.layout))
    return logits.allSatisfy(\.isFinite) ? EmotionAnswer(logits: logits, embedding: []) : nil
  }

  /// What the machines see of a face.
  static func values(of levels: [UInt8], layout: HogLayout) throws(EyeTrouble) -> [Float] {
    do {
      return try OpenCV.gradients(of: levels, side: side, layout: layout)
    } catch {
      throw EyeTrouble(kind: .eye, message: "gradients of a face: \(error.message)")
    }
  }
}
