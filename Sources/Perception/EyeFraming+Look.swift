/// How single pictures and what was seen in them are written on the pipe; the framing itself is
/// in `EyeFraming`.
extension Look {
  /// Faces of one picture; the detector gives at most 64.
  private static let maximumFaces = 1024

  func write(to writer: inout ByteWriter) {
    writer.int(width)
    writer.int(height)
    writer.count(faces.count)
    for face in faces { face.write(to: &writer) }
    writer.double(capture)
    writer.double(detect)
  }

  init(from reader: inout ByteReader) throws(EyeFramingError) {
    let width = try reader.int()
    let height = try reader.int()
    let count = try reader.count(limit: Self.maximumFaces, size: 55, of: "faces")
    var faces: [SeenFace] = []
    for _ in 0..<count { faces.append(try SeenFace(from: &reader)) }
    self.init(
      width: width, height: height, faces: faces, capture: try reader.double(),
      detect: try reader.double())
  }
}

extension SeenFace {
  fileprivate func write(to writer: inout ByteWriter) {
    face.write(to: &writer)
    writer.floats(logits)
    writer.floats(embedding)
    writer.candidates(candidates)
    writer.double(identify)
    writer.double(classify)
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    self.init(
      face: try Face(from: &reader),
      logits: try reader.floats(limit: EyeFraming.maximumLogits, of: "logits"),
      embedding: try reader.floats(limit: EyeFraming.maximumEmbedding, of: "embedding values"),
      candidates: try reader.candidates(), identify: try reader.double(),
      classify: try reader.double())
  }
}

extension GrayPicture {
  func write(to writer: inout ByteWriter) {
    writer.int(width)
    writer.int(height)
    writer.block(levels)
  }

  init(from reader: inout ByteReader) throws(EyeFramingError) {
    let width = try reader.int()
    let height = try reader.int()
    let levels = try reader.block(
      limit: Self.maximumSide * Self.maximumSide, of: "gray levels")
    guard let picture = Self(levels: levels, width: width, height: height) else {
      throw .badValue("a picture of \(width) x \(height) and \(levels.count) levels")
    }
    self = picture
  }
}
