/// How lessons and what came of them are written on the pipe; the framing itself is in
/// `EyeFraming`.
extension Lesson {
  /// The emotion is one byte, its place in `Emotion.allCases`; the picture has a byte before it
  /// that says which kind it is.
  func write(to writer: inout ByteWriter) {
    writer.byte(UInt8(clamping: Emotion.allCases.firstIndex(of: emotion) ?? 0))
    writer.bool(isHeldOut)
    switch picture {
    case .gray(let picture):
      writer.byte(1)
      picture.write(to: &writer)
    case .file(let path, let isCropped):
      writer.byte(2)
      writer.string(path)
      writer.bool(isCropped)
    }
  }

  init(from reader: inout ByteReader) throws(EyeFramingError) {
    let place = Int(try reader.byte())
    guard Emotion.allCases.indices.contains(place) else { throw .badValue("emotion \(place)") }
    let isHeldOut = try reader.bool()
    let picture: Picture
    switch try reader.byte() {
    case 1: picture = .gray(try GrayPicture(from: &reader))
    case 2: picture = .file(try reader.string(), isCropped: try reader.bool())
    case let kind: throw .badValue("picture \(kind)")
    }
    self.init(emotion: Emotion.allCases[place], isHeldOut: isHeldOut, picture: picture)
  }
}

/// The confusion is 49 numbers, row by row.
extension TrainingFigures {
  func write(to writer: inout ByteWriter) {
    writer.int(learned)
    for count in confusion.joined() { writer.int(count) }
    for value in [accuracy, macroF1, calibrationError, temperature] { writer.double(value) }
    writer.int(bytes)
  }

  init(from reader: inout ByteReader) throws(EyeFramingError) {
    let learned = try reader.int()
    var confusion: [[Int]] = []
    for _ in Emotion.allCases {
      var row: [Int] = []
      for _ in Emotion.allCases { row.append(try reader.int()) }
      confusion.append(row)
    }
    self.init(
      learned: learned, confusion: confusion, accuracy: try reader.double(),
      macroF1: try reader.double(), calibrationError: try reader.double(),
      temperature: try reader.double(), bytes: try reader.int())
  }
}
