/// How a glimpse is written on the pipe; the framing itself is in `EyeFraming`.
extension Glimpse {
  func write(to writer: inout ByteWriter) {
    writer.double(time)
    writer.int(frameWidth)
    writer.int(frameHeight)
    writer.bool(face != nil)
    face?.write(to: &writer)
    writer.int(faceCount)
    writer.floats(logits)
    writer.floats(embedding)
    writer.candidates(candidates)
    writer.double(framesPerSecond)
    for milliseconds in [timing.capture, timing.detect, timing.identify, timing.classify] {
      writer.double(milliseconds)
    }
  }

  init(from reader: inout ByteReader) throws(EyeFramingError) {
    self.init(
      time: try reader.double(), frameWidth: try reader.int(), frameHeight: try reader.int(),
      face: try reader.bool() ? try Face(from: &reader) : nil, faceCount: try reader.int(),
      logits: try reader.floats(limit: EyeFraming.maximumLogits, of: "logits"),
      embedding: try reader.floats(limit: EyeFraming.maximumEmbedding, of: "embedding values"),
      candidates: try reader.candidates(), framesPerSecond: try reader.double(),
      timing: EyeTiming(
        capture: try reader.double(), detect: try reader.double(), identify: try reader.double(),
        classify: try reader.double()))
  }
}

extension Face {
  func write(to writer: inout ByteWriter) {
    for number in [box.x, box.y, box.width, box.height] { writer.int(number) }
    writer.double(brightness)
    writer.double(contrast)
    writer.byte(view.rawValue)
  }

  init(from reader: inout ByteReader) throws(EyeFramingError) {
    self.init(
      box: Box(
        x: try reader.int(), y: try reader.int(), width: try reader.int(),
        height: try reader.int()),
      brightness: try reader.double(), contrast: try reader.double(),
      view: try FaceView(from: &reader))
  }
}

extension FaceView {
  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    let number = try reader.byte()
    guard let view = FaceView(rawValue: number) else { throw .badValue("view \(number)") }
    self = view
  }
}

extension IdentityCandidate {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.identifier(person)
    writer.double(score)
    writer.double(threshold)
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    self.init(
      person: try reader.identifier(), score: try reader.double(),
      threshold: try reader.double())
  }
}

extension ByteWriter {
  /// An optional array of numbers.
  mutating func floats(_ values: [Float]?) {
    bool(values != nil)
    guard let values else { return }
    count(values.count)
    for value in values { float(value) }
  }

  mutating func candidates(_ candidates: [IdentityCandidate]) {
    count(candidates.count)
    for candidate in candidates { candidate.write(to: &self) }
  }
}

extension ByteReader {
  mutating func floats(limit: Int, of what: String) throws(EyeFramingError) -> [Float]? {
    guard try bool() else { return nil }
    let count = try count(limit: limit, size: 4, of: what)
    var values: [Float] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try float()) }
    return values
  }

  mutating func candidates() throws(EyeFramingError) -> [IdentityCandidate] {
    let count = try count(limit: EyeFraming.maximumPeople, size: 24, of: "candidates")
    var candidates: [IdentityCandidate] = []
    for _ in 0..<count { candidates.append(try IdentityCandidate(from: &self)) }
    return candidates
  }
}
