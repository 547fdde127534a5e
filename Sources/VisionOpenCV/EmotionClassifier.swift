import COpenCV
import Perception

/// Reads the emotion in a face with the convolutional network of `emotion.onnx`.
///
/// Input: the box as 1 x 1 x 48 x 48 gray levels, 0...1, as FER2013's crops are. Output: seven
/// raw logits in `Emotion.allCases` order, whose temperature the player knows. It says nothing
/// about certainty and abstains from nothing.
package final class EmotionClassifier {
  private static let side = 48
  /// Side of the crop by side of the Haar box, which is about as tight as FER2013's crops.
  ///
  /// On 91 labelled frames that are not of FER2013, 0.95 to 1.1 read equally well (73 to 78 in
  /// 100 right), 0.85 and 1.2 worse.
  private static let cropScale = 1.05

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
        on: Array(repeating: 0.5, count: Self.side * Self.side), side: Self.side)
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

  /// Seven logits; nil where the network answered with something that is not a number.
  package func logits(of box: Box, in frame: Frame) throws(EyeTrouble) -> [Float]? {
    do {
      let levels = try frame.crop(box.scaled(by: Self.cropScale), side: Self.side)
      let outputs = try network.run(on: levels.map { Float($0) / 255 }, side: Self.side)
      return outputs.count == Emotion.allCases.count && outputs.allSatisfy(\.isFinite)
        ? outputs : nil
    } catch {
      throw EyeTrouble(kind: .eye, message: "emotion network: \(error.message)")
    }
  }
}
