/// How a glimpse is written on the pipe; the framing itself is in `EyeFraming`.
extension Glimpse {
  func write(to writer: inout ByteWriter) {
    writer.double(time)
    writer.int(frameWidth)
    writer.int(frameHeight)
    writer.bool(face != nil)
    face?.write(to: &writer)
    writer.int(faceCount)
    writer.bool(logits != nil)
    if let logits {
      writer.count(logits.count)
      for logit in logits { writer.float(logit) }
    }
    writer.count(candidates.count)
    for candidate in candidates { candidate.write(to: &writer) }
    writer.double(framesPerSecond)
    for milliseconds in [timing.capture, timing.detect, timing.identify, timing.classify] {
      writer.double(milliseconds)
    }
  }

  init(from reader: inout ByteReader) throws(EyeFramingError) {
    self.init(
      time: try reader.double(), frameWidth: try reader.int(), frameHeight: try reader.int(),
      face: try reader.bool() ? try Face(from: &reader) : nil, faceCount: try reader.int(),
      logits: try reader.bool() ? try Self.logits(from: &reader) : nil,
      candidates: try Self.candidates(from: &reader), framesPerSecond: try reader.double(),
      timing: EyeTiming(
        capture: try reader.double(), detect: try reader.double(), identify: try reader.double(),
        classify: try reader.double()))
  }

  private static func logits(from reader: inout ByteReader) throws(EyeFramingError) -> [Float] {
    let count = try reader.count(limit: EyeFraming.maximumLogits, size: 4, of: "logits")
    var logits: [Float] = []
    for _ in 0..<count { logits.append(try reader.float()) }
    return logits
  }

  private static func candidates(
    from reader: inout ByteReader
  ) throws(EyeFramingError) -> [IdentityCandidate] {
    let count = try reader.count(limit: EyeFraming.maximumPeople, size: 24, of: "candidates")
    var candidates: [IdentityCandidate] = []
    for _ in 0..<count { candidates.append(try IdentityCandidate(from: &reader)) }
    return candidates
  }
}

extension Face {
  fileprivate func write(to writer: inout ByteWriter) {
    for number in [box.x, box.y, box.width, box.height] { writer.int(number) }
    writer.double(brightness)
    writer.double(contrast)
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    self.init(
      box: Box(
        x: try reader.int(), y: try reader.int(), width: try reader.int(),
        height: try reader.int()),
      brightness: try reader.double(), contrast: try reader.double())
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
