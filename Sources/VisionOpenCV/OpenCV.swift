import COpenCV
import Perception

/// The one file of this adapter that holds pointers: OpenCV's objects as Swift classes.
///
/// Each class owns one object of the C shim and ends it in `deinit`. None is `Sendable`: an
/// object stays on the thread that made it.
enum OpenCV {
  /// No picture may have more pixels; 100 million take 300 MB in colour.
  static let maximumPixels: Int64 = 100_000_000

  /// Set once, before the first object is made.
  static let prepared: Void = emus_prepare(maximumPixels)

  /// The classic local binary pattern histograms of a square picture, cell by cell, 256 bins each.
  static func patternHistograms(
    of levels: [UInt8], side: Int, radius: Int, grid: Int
  ) throws(OpenCVError) -> [Float] {
    var histograms = [Float](repeating: 0, count: grid * grid * 256)
    try check(
      emus_lbp_histograms(
        levels, Int32(side), Int32(radius), Int32(grid), &histograms, Int32(histograms.count)))
    return histograms
  }

  /// A square picture without its light: what differs between two fine blurs.
  static func flattenLight(of levels: inout [UInt8], side: Int) throws(OpenCVError) {
    try check(emus_flatten_light(&levels, Int32(side)))
  }

  /// The 32 bytes of the SHA-256 of some bytes.
  static func sha256(of bytes: [UInt8]) throws(OpenCVError) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    try check(emus_sha256(bytes, bytes.count, &digest))
    return digest
  }

  /// The gradients of a square picture, described as `layout` says.
  static func gradients(
    of levels: [UInt8], side: Int, layout: HogLayout
  ) throws(OpenCVError) -> [Float] {
    var values = [Float](repeating: 0, count: layout.count(side: side))
    try check(
      emus_hog_describe(levels, Int32(side), emus_hog_layout(layout), &values, Int32(values.count)))
    return values
  }

  /// A linear machine that tells the positive rows of `samples` from the others; a row may be
  /// named more than once.
  static func machine(
    from samples: [Float], columns: Int, rows: [Int32], positive: [Bool],
    settings: emus_svm_settings
  ) throws(OpenCVError) -> (weights: [Float], bias: Float) {
    let last = samples.count / columns - 1
    precondition(rows.count == positive.count, "each row has a side")
    precondition(rows.allSatisfy { 0...last ~= Int($0) }, "a row is one of the samples")
    var weights = [Float](repeating: 0, count: columns)
    var bias: Float = 0
    try check(
      emus_svm_fit(
        samples, Int32(columns), rows, positive, Int32(rows.count), settings, &weights, &bias))
    return (weights, bias)
  }

  fileprivate static func check(_ status: emus_status) throws(OpenCVError) {
    if status != EMUS_OK { throw OpenCVError(status: status) }
  }
}

/// What the libraries refused, in their words.
struct OpenCVError: Error {
  let status: emus_status
  let message: String

  fileprivate init(status: emus_status) {
    self.status = status
    message = String(cString: emus_last_error())
  }
}

/// A picture in memory, in colour or gray; its pixels never leave the eye.
package final class Frame {
  fileprivate let handle: OpaquePointer

  package var width: Int { Int(emus_frame_width(handle)) }
  package var height: Int { Int(emus_frame_height(handle)) }

  private init(empty: Void) throws(OpenCVError) {
    _ = OpenCV.prepared
    guard let made = emus_frame_create() else { throw OpenCVError(status: EMUS_FAILED) }
    handle = made
  }

  deinit { emus_frame_destroy(handle) }

  /// The picture in the bytes of an image file.
  convenience init(decoding bytes: [UInt8]) throws(OpenCVError) {
    try self.init(empty: ())
    try OpenCV.check(emus_frame_decode(handle, bytes, bytes.count, OpenCV.maximumPixels))
  }

  /// A gray picture, row by row; `levels` has `width * height` values.
  convenience init(gray levels: [UInt8], width: Int, height: Int) throws(OpenCVError) {
    precondition(levels.count == width * height, "a gray picture has width * height levels")
    try self.init(empty: ())
    try OpenCV.check(emus_frame_set_gray(handle, levels, Int32(width), Int32(height)))
  }

  /// The next picture of a camera or video.
  fileprivate convenience init(from capture: OpaquePointer) throws(OpenCVError) {
    try self.init(empty: ())
    try OpenCV.check(emus_capture_read(capture, handle, OpenCV.maximumPixels))
  }

  /// Mean and standard deviation of the gray levels in the box, 0...1 and 0...0.5.
  func light(in box: Box) throws(OpenCVError) -> (mean: Double, deviation: Double) {
    var mean = 0.0
    var deviation = 0.0
    try OpenCV.check(emus_frame_measure(handle, emus_box(box), &mean, &deviation))
    return (mean, deviation)
  }

  /// The box as `side * side` gray levels; outside the frame its edge is repeated.
  func crop(_ box: Box, side: Int) throws(OpenCVError) -> [UInt8] {
    var levels = [UInt8](repeating: 0, count: side * side)
    try OpenCV.check(emus_frame_crop(handle, emus_box(box), Int32(side), &levels))
    return levels
  }

  /// Where the picture of `side * side` gray levels lies that was cut at `box` in a frame before,
  /// at most `reach` sides away, and how like it is, -1...1.
  func match(
    _ levels: [UInt8], side: Int, from box: Box, reach: Double
  ) throws(OpenCVError) -> (place: Box, likeness: Double) {
    precondition(levels.count == side * side, "a square picture has side * side levels")
    var place = emus_box()
    var likeness = 0.0
    try OpenCV.check(
      emus_frame_match(handle, levels, Int32(side), emus_box(box), reach, &place, &likeness))
    return (Box(place), likeness)
  }

  /// A part of the picture as terminal cells, row by row.
  func cells(
    of view: Box, columns: Int, rows: Int, ascii: Bool, colour: Bool
  ) throws(OpenCVError) -> [emus_cell] {
    var cells = [emus_cell](repeating: emus_cell(), count: columns * rows)
    try OpenCV.check(
      emus_preview_draw(handle, emus_box(view), Int32(columns), Int32(rows), ascii, colour, &cells))
    return cells
  }
}

/// A camera or a video file that gives one frame after the other.
final class Capture {
  private let handle: OpaquePointer

  /// Opens a V4L2 device by its path.
  init(device: String) throws(OpenCVError) {
    _ = OpenCV.prepared
    let path = try Self.path(device)
    handle = try Self.made { emus_capture_open_device(path, &$0) }
  }

  /// Opens a video file.
  init(file: String) throws(OpenCVError) {
    _ = OpenCV.prepared
    let path = try Self.path(Self.local(file))
    handle = try Self.made { emus_capture_open_file(path, &$0) }
  }

  /// A name that FFmpeg takes for a file's: of "a:b.mp4" it would think that "a" is a protocol.
  static func local(_ file: String) -> String { file.hasPrefix("/") ? file : "./" + file }

  deinit { emus_capture_destroy(handle) }

  /// Frames a second, 0 when the source does not say.
  var framesPerSecond: Double {
    let rate = emus_capture_rate(handle)
    return rate.isFinite && rate > 0 && rate <= 1000 ? rate : 0
  }

  /// Waits for the next frame; nil at the end of a file or when the camera is gone.
  func next() throws(OpenCVError) -> Frame? {
    do {
      return try Frame(from: handle)
    } catch {
      if error.status == EMUS_END { return nil }
      throw error
    }
  }

  /// Passes over one frame; false at the end.
  func skip() throws(OpenCVError) -> Bool {
    let status = emus_capture_skip(handle)
    if status == EMUS_END { return false }
    try OpenCV.check(status)
    return true
  }

  private static func path(_ name: String) throws(OpenCVError) -> [CChar] {
    guard let path = FileName.cString(name) else { throw OpenCVError(status: EMUS_FAILED) }
    return path
  }

  private static func made(
    _ make: (inout OpaquePointer?) -> emus_status
  ) throws(OpenCVError) -> OpaquePointer {
    var pointer: OpaquePointer?
    try OpenCV.check(make(&pointer))
    guard let pointer else { throw OpenCVError(status: EMUS_FAILED) }
    return pointer
  }
}

/// A trained cascade of Haar-like features.
final class Cascade {
  private let handle: OpaquePointer

  init(file: String) throws(OpenCVError) {
    _ = OpenCV.prepared
    var pointer: OpaquePointer?
    try OpenCV.check(emus_cascade_create(file, &pointer))
    guard let pointer else { throw OpenCVError(status: EMUS_FAILED) }
    handle = pointer
  }

  deinit { emus_cascade_destroy(handle) }

  /// What looks like a face, at most 64, in pixels of the frame.
  func find(in frame: Frame, _ search: emus_search) throws(OpenCVError) -> [emus_hit] {
    var hits = [emus_hit](repeating: emus_hit(), count: 64)
    var found: Int32 = 0
    try OpenCV.check(
      emus_cascade_find(handle, frame.handle, search, &hits, Int32(hits.count), &found))
    return Array(hits.prefix(Int(found)))
  }
}

/// A neural network in the form of ONNX.
final class Network {
  private let handle: OpaquePointer

  /// Reads the bytes of an ONNX file.
  init(onnx bytes: [UInt8]) throws(OpenCVError) {
    _ = OpenCV.prepared
    var pointer: OpaquePointer?
    try OpenCV.check(emus_network_create(bytes, bytes.count, &pointer))
    guard let pointer else { throw OpenCVError(status: EMUS_FAILED) }
    handle = pointer
  }

  deinit { emus_network_destroy(handle) }

  /// The outputs for one square gray picture, `side * side` values, and what the layer called
  /// "embedding" held; empty where there is none.
  func run(on values: [Float], side: Int) throws(OpenCVError) -> (
    outputs: [Float], embedding: [Float]
  ) {
    precondition(values.count == side * side, "a square picture has side * side values")
    var outputs = [Float](repeating: 0, count: 64)
    var embedding = [Float](repeating: 0, count: 4096)
    var produced: Int32 = 0
    var embedded: Int32 = 0
    try OpenCV.check(
      emus_network_run(
        handle, values, Int32(side), &outputs, Int32(outputs.count), &produced, &embedding,
        Int32(embedding.count), &embedded))
    // A count beyond the capacity stays visible, so that the network can be refused.
    let padding = [Float](repeating: 0, count: max(0, Int(produced) - outputs.count))
    return (
      Array(outputs.prefix(Int(produced))) + padding,
      embedded <= embedding.count ? Array(embedding.prefix(Int(embedded))) : []
    )
  }
}
