import Perception

/// Reads the emotion in a face with the convolutional network of `emotion.onnx`.
///
/// The network takes 1 x 1 x 48 x 48 gray levels, 0...1, and gives seven logits, whose
/// temperature the player knows.
package final class EmotionNetwork: EmotionClassifier {
  private let network: Network

  /// An ONNX file may not be larger.
  private static let maximumBytes = 64 << 20

  /// Loads the network and runs it once on an empty picture, to see that it fits.
  ///
  /// The very bytes that were checked are used, so that the file cannot change in between.
  package init(weights path: String, checksum: Checksum? = nil) throws(EyeTrouble) {
    guard Disk.isFile(path) else {
      throw EyeTrouble(
        kind: .installation, message: "\(path): no emotion network there: install EMUS again")
    }
    let bytes = try Self.bytes(of: path, checksum)
    let outputs: [Float]
    do {
      network = try Network(onnx: bytes)
      let gray = [Float](repeating: 0.5, count: Self.side * Self.side)
      outputs = try network.run(on: gray, side: Self.side).outputs
    } catch {
      throw EyeTrouble(
        kind: .installation,
        message: "\(path): not a network for 1x1x48x48 faces (\(error.message))")
    }
    guard outputs.count == Emotion.allCases.count else {
      throw EyeTrouble(
        kind: .installation,
        message: "\(path): answers \(outputs.count) numbers where 7 emotions are needed")
    }
    guard outputs.allSatisfy(\.isFinite) else {
      throw EyeTrouble(
        kind: .installation, message: "\(path): its answers are no numbers; install EMUS again")
    }
  }

  /// What the file holds, if that is what the checksum says.
  private static func bytes(
    of path: String, _ expected: Checksum?
  ) throws(EyeTrouble) -> [UInt8] {
    let bytes = try Disk.weights(at: path, limit: maximumBytes)
    guard let expected else { return bytes }
    let found: Checksum
    do {
      found = try Checksum(of: bytes)
    } catch {
      throw EyeTrouble(
        kind: .installation, message: "\(path): cannot be checked (\(error.message))")
    }
    guard found == expected else {
      throw EyeTrouble(
        kind: .installation,
        message: "\(path): its checksum is not the one on its card: install EMUS again")
    }
    return bytes
  }

  package func answer(to levels: [UInt8]) throws(EyeTrouble) -> EmotionAnswer? {
    do {
      let (outputs, embedding) = try network.run(
        on: levels.map { Float($0) / 255 }, side: Self.side)
      let isSound =
        outputs.count == Emotion.allCases.count && outputs.allSatisfy(\.isFinite)
        && embedding.allSatisfy(\.isFinite)
      return isSound ? EmotionAnswer(logits: outputs, embedding: embedding) : nil
    } catch {
      throw EyeTrouble(kind: .eye, message: "emotion network: \(error.message)")
    }
  }
}
