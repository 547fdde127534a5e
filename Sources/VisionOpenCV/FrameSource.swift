import Perception

/// Where frames come from: a camera, a video, an image, a folder of images, or the drawn face.
///
/// The first step of the eye. Opening it reads the first frame, so that what cannot be read is
/// told at once and in words. It does not decide when a frame is due (see `LiveLook`).
package final class FrameSource {
  package enum Kind: Equatable, Sendable { case image, folder, video, camera, demo }

  package let kind: Kind
  /// In words, for the screen.
  package let description: String
  /// Pixels of the first frame.
  package let width: Int
  package let height: Int
  /// Its own rate; 0 for images, and where a camera does not say.
  package let framesPerSecond: Double

  /// What reading the last frame took, in milliseconds.
  package private(set) var capture: Double

  private var first: Frame?
  private var reader: Reader

  enum Reader {
    case image
    case folder(ArraySlice<String>)
    case capture(Capture)
    case demo(index: Int)
  }

  init(
    kind: Kind, description: String, framesPerSecond: Double = 0, first: Frame, capture: Double,
    reader: Reader
  ) {
    self.kind = kind
    self.description = description
    self.framesPerSecond = framesPerSecond
    self.first = first
    self.capture = capture
    self.reader = reader
    width = first.width
    height = first.height
  }

  /// The next frame; nil at the end, which for a camera means that it is gone.
  package func next() throws(EyeTrouble) -> Frame? {
    if let first {
      self.first = nil
      return first
    }
    var watch = StopWatch()
    defer { capture = watch.lap() }
    switch reader {
    case .image: return nil
    case .folder(let paths): return nextImage(of: paths)
    case .capture(let capture):
      do {
        return try capture.next()
      } catch {
        throw trouble(error)
      }
    case .demo(let index):
      reader = .demo(index: index + 1)
      return try Self.drawnFace(at: Double(index) / framesPerSecond)
    }
  }

  /// Passes over one frame of a camera, video or the drawn face; false at the end. Images are not
  /// passed over.
  func skip() throws(EyeTrouble) -> Bool {
    switch reader {
    case .image, .folder: return false
    case .capture(let capture):
      first = nil
      do {
        return try capture.skip()
      } catch {
        throw trouble(error)
      }
    case .demo(let index):
      reader = .demo(index: index + 1)
      return true
    }
  }

  private func trouble(_ error: OpenCVError) -> EyeTrouble {
    EyeTrouble(
      kind: kind == .camera ? .device : .input, message: "\(description): \(error.message)")
  }

  /// The next image that can be read: one bad file does not end a folder.
  private func nextImage(of paths: ArraySlice<String>) -> Frame? {
    var rest = paths
    defer { reader = .folder(rest) }
    while let path = rest.popFirst() {
      do {
        return try Self.image(at: path)
      } catch {
        continue
      }
    }
    return nil
  }
}
