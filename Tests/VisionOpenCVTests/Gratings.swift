import Foundation
import Perception
import TestSupport

/// Faces for machines to learn on: stripes whose direction is the emotion, with a phase, width,
/// contrast and noise of their own.
enum Gratings {
  static let side = 48

  static func levels(of emotion: Emotion, _ generator: inout SeededGenerator) -> [UInt8] {
    let place = Emotion.allCases.firstIndex(of: emotion) ?? 0
    let angle = (Double(place) + .random(in: -0.2...0.2, using: &generator)) * .pi / 7
    let phase = Double.random(in: 0...(2 * .pi), using: &generator)
    let width = Double.random(in: 6...9, using: &generator)
    let contrast = Double.random(in: 30...90, using: &generator)
    return (0..<side * side).map { pixel in
      let (row, column) = (Double(pixel / side), Double(pixel % side))
      let along = column * cos(angle) + row * sin(angle)
      let noise = Double.random(in: -8...8, using: &generator)
      return UInt8(128 + contrast * sin(2 * .pi * along / width + phase) + noise)
    }
  }

  static func picture(of emotion: Emotion, _ generator: inout SeededGenerator) -> GrayPicture? {
    GrayPicture(levels: levels(of: emotion, &generator), width: side, height: side)
  }
}
