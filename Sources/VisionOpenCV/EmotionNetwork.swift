import Perception

/// Reads the emotion in a face with the convolutional network of `emotion.onnx`.
///
/// The network takes 1 x 1 x 48 x 48 gray levels, 0...1, and gives seven logits, whose
/// temperature the player knows.
package final class EmotionNetwork: EmotionClassifier {
  private let network: Network

  /// Loads the network and runs it once on an empty picture, to see that it fits.
  package init(weights path: String) throws(EyeTrouble) {
    guard Disk.isFile(path) else {
      throw EyeTrouble(
        kind: .installation, message: "\(path): no emotion network there: install EMUS again")
    }
    do {
      network = try Network(file: path)
      let outputs = try network.run(
        on: Array(repeating: 0.5, count: Self.side * Self.side), side: Self.side
      ).outputs
      guard outputs.count == Emotion.allCases.count, outputs.allSatisfy(\.isFinite) else {
        throw EyeTrouble(
          kind: .installation,
          message: "\(path): answers \(outputs.count) numbers where 7 emotions are needed")
      }
    } catch let error as OpenCVError {
      throw EyeTrouble(
        kind: .installation,
        message: "\(path): not a network for 1x1x48x48 faces (\(error.message))")
    } catch let error as EyeTrouble {
      throw error
    } catch {
      throw EyeTrouble(kind: .installation, message: "\(path): \(error)")
    }
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
