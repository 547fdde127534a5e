/// The face that the program draws where no camera is: a lit, moving head that goes through five
/// emotions, real enough for the detector and the emotion network to take it for one.
///
/// It is a picture source like any other and knows nothing of detection, networks or moods. The
/// same time gives the same picture, always.
package enum DemoFace {
  package static let framesPerSecond = 15.0

  /// The frame at a time in seconds (any; the show repeats every 30 s): gray levels 0...255, row
  /// by row, `width * height` bytes; empty where either is not above 0.
  package static func render(at time: Double, width: Int, height: Int) -> [UInt8] {
    guard width > 0, height > 0 else { return [] }
    let pose = DemoPose(at: time)
    // More detail than this the detector never sees, and modelling is the dear part.
    let canvas = model(pose, rows: min(height, 240))
    return place(canvas, pose: pose, width: width, height: height)
  }

  /// The emotion that is meant at a time; nil while the face changes from one to the next.
  package static func expression(at time: Double) -> Emotion? { DemoScript.expression(at: time) }

  static func model(_ pose: DemoPose, rows: Int) -> FaceCanvas {
    var canvas = FaceCanvas(rows: rows)
    canvas.drawBackground()
    canvas.drawHead(pose)
    canvas.drawEyes(pose)
    canvas.drawMouth(pose.actions)
    canvas.drawHair(pose)
    return canvas
  }

  /// Scales the canvas into the frame, and moves the head while the shoulders stay.
  private static func place(
    _ canvas: FaceCanvas, pose: DemoPose, width: Int, height: Int
  ) -> [UInt8] {
    let unit = max(
      2 * FaceCanvas.halfWidth / Float(width), 2 * FaceCanvas.halfHeight / Float(height))
    var pixels = [UInt8](repeating: 0, count: width * height)
    var index = 0
    for row in 0..<height {
      let y = (Float(row) + 0.5 - Float(height) / 2) * unit
      let moves = smoothStep(1.75, 1.0, y)
      for column in 0..<width {
        let x = (Float(column) + 0.5 - Float(width) / 2) * unit
        let fromX = x - moves * (pose.shiftX - pose.tilt * (y - 1.4))
        let fromY = y - moves * (pose.shiftY + pose.tilt * x)
        let level = canvas.sample(x: fromX, y: fromY) * 255
        pixels[index] = UInt8(min(255, max(0, level)))
        index += 1
      }
    }
    return pixels
  }
}
