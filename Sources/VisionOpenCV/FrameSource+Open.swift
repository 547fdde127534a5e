import COpenCV
import Glibc
import Perception

/// How each kind of source is opened, and in which words it is refused.
extension FrameSource {
  /// Opens a source and reads its first frame.
  ///
  /// Throws `.input` for files and folders, `.device` for cameras. `.none` is refused: who asks
  /// for no images has nothing to open.
  package static func open(_ source: ImageSource) throws(EyeTrouble) -> FrameSource {
    switch source {
    case .none: throw EyeTrouble(kind: .input, message: "no source is chosen")
    case .demo: return try demo()
    case .camera(let index): return try camera(at: "/dev/video\(index)")
    case .path(let path):
      if path.hasPrefix("/dev/video") { return try camera(at: path) }
      switch try Disk.item(at: path) {
      case .folder: return try folder(at: path)
      case .device: return try camera(at: path)
      case .file(let bytes): return try file(at: path, bytes: bytes)
      case .other: throw input(path, "neither a file, a folder nor a camera")
      }
    }
  }

  /// The picture in an image file.
  static func image(at path: String) throws(EyeTrouble) -> Frame {
    let item = try Disk.item(at: path)
    guard item != .folder else { throw input(path, "a folder: name the images in it") }
    guard case .file(let size) = item else { throw input(path, "not an image file") }
    guard size <= Disk.maximumImageBytes else {
      throw input(path, "too large for an image (\(size >> 20) MB)")
    }
    let bytes = try Disk.bytes(of: path, count: size)
    if let refusal = PictureFormat(head: bytes)?.refusal { throw input(path, refusal) }
    do {
      return try Frame(decoding: bytes)
    } catch {
      if error.status == EMUS_UNAVAILABLE { throw unavailable(error) }
      throw input(path, words(for: error))
    }
  }

  static func drawnFace(at time: Double) throws(EyeTrouble) -> Frame {
    let (width, height) = (320, 240)
    do {
      return try Frame(
        gray: DemoFace.render(at: time, width: width, height: height), width: width,
        height: height)
    } catch {
      throw EyeTrouble(kind: .eye, message: "the demo face: \(error.message)")
    }
  }

  private static func demo() throws(EyeTrouble) -> FrameSource {
    var watch = StopWatch()
    return FrameSource(
      kind: .demo, description: "demo face", framesPerSecond: DemoFace.framesPerSecond,
      first: try drawnFace(at: 0), capture: watch.lap(), reader: .demo(index: 1))
  }

  private static func file(at path: String, bytes: Int) throws(EyeTrouble) -> FrameSource {
    guard bytes > 0 else { throw input(path, "the file is empty") }
    let head = try Disk.bytes(of: path, count: min(bytes, 4096))
    let format = PictureFormat(head: head)
    if format != .anymap, isText(head) { throw input(path, "neither an image nor a video") }
    guard let format else { return try video(at: path) }
    if let refusal = format.refusal { throw input(path, refusal) }
    var watch = StopWatch()
    return FrameSource(
      kind: .image, description: name(of: path), first: try image(at: path), capture: watch.lap(),
      reader: .image)
  }

  private static func video(at path: String) throws(EyeTrouble) -> FrameSource {
    let capture: Capture
    let first: Frame?
    var watch = StopWatch()
    do {
      capture = try Capture(file: path)
      _ = watch.lap()
      first = try capture.next()
    } catch {
      if error.status == EMUS_UNAVAILABLE { throw unavailable(error) }
      throw input(path, "neither an image nor a video, or damaged")
    }
    guard let first else { throw input(path, "a video without a frame") }
    // A file that tells no rate is played at the pace of most films.
    let rate = capture.framesPerSecond
    return FrameSource(
      kind: .video, description: name(of: path), framesPerSecond: rate > 0 ? rate : 25,
      first: first, capture: watch.lap(), reader: .capture(capture))
  }

  private static func folder(at path: String) throws(EyeTrouble) -> FrameSource {
    let paths = try Disk.images(in: path)
    guard !paths.isEmpty else { throw input(path, "no images in this folder") }
    var failure: EyeTrouble?
    for (index, file) in paths.enumerated() {
      var watch = StopWatch()
      do {
        return FrameSource(
          kind: .folder, description: "\(name(of: path)): \(paths.count) images",
          first: try image(at: file), capture: watch.lap(),
          reader: .folder(paths[(index + 1)...]))
      } catch {
        failure = failure ?? error
      }
    }
    throw failure ?? input(path, "no images in this folder")
  }

  private static func camera(at path: String) throws(EyeTrouble) -> FrameSource {
    if let code = Disk.refusal(ofDevice: path) { throw device(path, code) }
    let capture: Capture
    let first: Frame?
    var watch = StopWatch()
    do {
      capture = try Capture(device: path)
      _ = watch.lap()
      first = try capture.next()
    } catch {
      if error.status == EMUS_UNAVAILABLE { throw unavailable(error) }
      throw device(path, "not a camera, or busy: close the program that uses it")
    }
    guard let first else {
      throw device(path, "the camera gives no picture; close other programs that use it")
    }
    return FrameSource(
      kind: .camera, description: FileName.shown(path), framesPerSecond: capture.framesPerSecond,
      first: first, capture: watch.lap(), reader: .capture(capture))
  }

  private static func words(for error: OpenCVError) -> String {
    switch error.status {
    case EMUS_TOO_LARGE: "too many pixels (at most \(OpenCV.maximumPixels / 1_000_000) million)"
    case EMUS_NOT_AN_IMAGE: "not an image: \(PictureFormat.readable) are read"
    case EMUS_DAMAGED: "truncated or damaged (\(error.message))"
    default: error.message
    }
  }

  /// No control characters: FFmpeg would read some texts as a play list or as drawn text.
  private static func isText(_ head: [UInt8]) -> Bool {
    head.allSatisfy { $0 >= 32 || (7...13).contains($0) || $0 == 27 }
  }

  private static func name(of path: String) -> String {
    FileName.shown(path.split(separator: "/").last.map(String.init) ?? path)
  }

  private static func input(_ path: String, _ reason: String) -> EyeTrouble {
    EyeTrouble(kind: .input, message: "\(FileName.shown(path)): \(reason)")
  }

  private static func device(_ path: String, _ reason: String) -> EyeTrouble {
    EyeTrouble(kind: .device, message: "\(FileName.shown(path)): \(reason)")
  }

  private static func device(_ path: String, _ code: CInt) -> EyeTrouble {
    switch code {
    case ENOENT, ENXIO, ENODEV: device(path, "no camera there: plug one in or choose --source")
    case EACCES, EPERM: device(path, "no permission: join the group \"video\" and log in again")
    case EBUSY: device(path, "busy: close the program that uses the camera")
    default: device(path, String(cString: strerror(code)))
    }
  }

  private static func unavailable(_ error: OpenCVError) -> EyeTrouble {
    EyeTrouble(kind: .installation, message: "OpenCV is not whole: \(error.message)")
  }
}
