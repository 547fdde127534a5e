/// How requests are written on the pipe; the framing itself is in `EyeFraming`.
extension EyeRequest: EyeMessage {
  /// A gallery of a thousand people with some 60 kB each.
  package static var maximumLength: Int { 1 << 26 }

  private enum Tag: UInt8 {
    case open = 1
    case once, enrol, preview, gallery, close, look, classify, learn, train
  }

  package func write(to writer: inout ByteWriter) {
    switch self {
    case .open(let source, let rate):
      writer.byte(Tag.open.rawValue)
      source.write(to: &writer)
      writer.double(rate)
    case .once(let source):
      writer.byte(Tag.once.rawValue)
      source.write(to: &writer)
    case .enrol(let source, let count):
      writer.byte(Tag.enrol.rawValue)
      source.write(to: &writer)
      writer.int(count)
    case .preview(let format):
      writer.byte(Tag.preview.rawValue)
      writer.bool(format != nil)
      format?.write(to: &writer)
    case .gallery(let entries):
      writer.byte(Tag.gallery.rawValue)
      writer.count(entries.count)
      for entry in entries { entry.write(to: &writer) }
    case .close:
      writer.byte(Tag.close.rawValue)
    case .look(let number, let path, let isCropped):
      writer.byte(Tag.look.rawValue)
      writer.int(number)
      writer.string(path)
      writer.bool(isCropped)
    case .classify(let number, let picture):
      writer.byte(Tag.classify.rawValue)
      writer.int(number)
      picture.write(to: &writer)
    case .learn(let number, let lesson):
      writer.byte(Tag.learn.rawValue)
      writer.int(number)
      lesson.write(to: &writer)
    case .train(let path, let seed, let lessons):
      writer.byte(Tag.train.rawValue)
      writer.string(path)
      writer.integer(seed)
      writer.int(lessons)
    }
  }

  package init(from reader: inout ByteReader) throws(EyeFramingError) {
    let number = try reader.byte()
    guard let tag = Tag(rawValue: number) else { throw .unknownTag(number) }
    switch tag {
    case .open: self = .open(try ImageSource(from: &reader), rate: try reader.double())
    case .once: self = .once(try ImageSource(from: &reader))
    case .enrol: self = .enrol(try ImageSource(from: &reader), count: try reader.int())
    case .preview: self = .preview(try reader.bool() ? try PreviewFormat(from: &reader) : nil)
    case .gallery: self = .gallery(try Self.entries(from: &reader))
    case .close: self = .close
    case .look:
      self = .look(
        number: try reader.int(), path: try reader.string(), isCropped: try reader.bool())
    case .classify: self = .classify(number: try reader.int(), try GrayPicture(from: &reader))
    case .learn: self = .learn(number: try reader.int(), try Lesson(from: &reader))
    case .train:
      self = .train(
        path: try reader.string(), seed: try reader.integer(), lessons: try reader.int())
    }
  }

  private static func entries(
    from reader: inout ByteReader
  ) throws(EyeFramingError) -> [GalleryEntry] {
    let count = try reader.count(limit: EyeFraming.maximumPeople, size: 16, of: "people")
    var entries: [GalleryEntry] = []
    for _ in 0..<count { entries.append(try GalleryEntry(from: &reader)) }
    return entries
  }
}

extension ImageSource {
  private enum Tag: UInt8 {
    case camera = 1
    case path, demo, none
  }

  fileprivate func write(to writer: inout ByteWriter) {
    switch self {
    case .camera(let index):
      writer.byte(Tag.camera.rawValue)
      writer.int(index)
    case .path(let path):
      writer.byte(Tag.path.rawValue)
      writer.string(path)
    case .demo: writer.byte(Tag.demo.rawValue)
    case .none: writer.byte(Tag.none.rawValue)
    }
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    let number = try reader.byte()
    guard let tag = Tag(rawValue: number) else { throw .badValue("source \(number)") }
    switch tag {
    case .camera: self = .camera(try reader.int())
    case .path: self = .path(try reader.string())
    case .demo: self = .demo
    case .none: self = .none
    }
  }
}

extension PreviewFormat {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.int(columns)
    writer.int(rows)
    writer.byte(glyphs.rawValue)
    writer.bool(colour)
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    let columns = try reader.int()
    let rows = try reader.int()
    let number = try reader.byte()
    guard let glyphs = Glyphs(rawValue: number) else { throw .badValue("glyphs \(number)") }
    let side = EyeFraming.maximumSide
    self.init(
      columns: min(side, max(0, columns)), rows: min(side, max(0, rows)), glyphs: glyphs,
      colour: try reader.bool())
  }
}

extension GalleryEntry {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.identifier(person)
    template.write(to: &writer)
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    self.init(person: try reader.identifier(), template: try FaceTemplate(from: &reader))
  }
}

extension FaceTemplate {
  func write(to writer: inout ByteWriter) {
    writer.string(recogniser)
    writer.block(bytes)
  }

  init(from reader: inout ByteReader) throws(EyeFramingError) {
    let recogniser = try reader.string()
    let bytes = try reader.block(limit: EyeFraming.maximumTemplate, of: "bytes of a face")
    self.init(recogniser: recogniser, bytes: bytes)
  }
}
