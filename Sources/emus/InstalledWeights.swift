import Foundation
import Perception

/// The folder of weights, and how whoever has wrong ones gets the right ones back; for `doctor`.
///
/// The files belong to the source of EMUS: no package of the system holds them, and no build makes
/// them.
struct InstalledWeights {
  let folder: String

  /// Whether a message is about a file in the folder; it names the file first.
  func isConcerned(in message: String) -> Bool { message.hasPrefix(folder + "/") }

  /// Where the right files are, and how to see that they are right.
  var advice: String {
    "put back emotion.onnx and emotion.json, which belong together: \(way(to: "Weights"))\(proof)"
  }

  /// The same for the weights of HOG, which hold their own checksum and can be learned anew.
  var hogAdvice: String {
    let name = ClassifierKind.hog.weights
    return "needed for --classifier hog only; put back \(name): \(way(to: "Weights/" + name)); "
      + "or learn it: emus train hog --data FACES --replace"
  }

  private func way(to path: String) -> String {
    isCheckout
      ? "git -C \(root) checkout -- \(path)"
      : "in the source of this version: git checkout -- \(path), then sudo make install"
  }

  /// The checksum of the network that belongs to the card; empty where the card is none.
  private var proof: String {
    do {
      let card = try NetworkCard(folder: folder)
      return "; sha256sum \(folder)/emotion.onnx is to print \(card.sha256)"
    } catch {
      return ""
    }
  }

  private var root: String { (folder as NSString).deletingLastPathComponent }

  private var isCheckout: Bool {
    FileManager.default.fileExists(atPath: root + "/Package.swift")
  }
}
