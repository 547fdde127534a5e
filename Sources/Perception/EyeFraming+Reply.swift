/// How replies are written on the pipe; the framing itself is in `EyeFraming`.
extension EyeReply: EyeMessage {
  /// The largest preview takes 3.3 MB, the largest template 8.4 MB.
  package static var maximumLength: Int { 1 << 24 }

  private enum Tag: UInt8 {
    case opened = 1
    case glimpse, preview, enrolled, trouble, ended, looked, refused, trained, training, begun
  }

  package func write(to writer: inout ByteWriter) {
    switch self {
    case .begun: writer.byte(Tag.begun.rawValue)
    case .opened(let description, let width, let height, let framesPerSecond):
      writer.byte(Tag.opened.rawValue)
      writer.string(description)
      writer.int(width)
      writer.int(height)
      writer.double(framesPerSecond)
    case .glimpse(let glimpse):
      writer.byte(Tag.glimpse.rawValue)
      glimpse.write(to: &writer)
    case .preview(let preview):
      writer.byte(Tag.preview.rawValue)
      preview.write(to: &writer)
    case .enrolled(let template, let frames):
      writer.byte(Tag.enrolled.rawValue)
      template.write(to: &writer)
      writer.int(frames)
    case .trouble(let trouble):
      writer.byte(Tag.trouble.rawValue)
      trouble.write(to: &writer)
    case .ended:
      writer.byte(Tag.ended.rawValue)
    case .looked(let number, let look):
      writer.byte(Tag.looked.rawValue)
      writer.int(number)
      look.write(to: &writer)
    case .refused(let number, let trouble):
      writer.byte(Tag.refused.rawValue)
      writer.int(number)
      trouble.write(to: &writer)
    case .trained(let figures):
      writer.byte(Tag.trained.rawValue)
      figures.write(to: &writer)
    case .training(let share):
      writer.byte(Tag.training.rawValue)
      writer.double(share)
    }
  }

  package init(from reader: inout ByteReader) throws(EyeFramingError) {
    let number = try reader.byte()
    guard let tag = Tag(rawValue: number) else { throw .unknownTag(number) }
    switch tag {
    case .begun: self = .begun
    case .opened:
      self = .opened(
        description: try reader.string(), width: try reader.int(), height: try reader.int(),
        framesPerSecond: try reader.double())
    case .glimpse: self = .glimpse(try Glimpse(from: &reader))
    case .preview: self = .preview(try Preview(from: &reader))
    case .enrolled:
      self = .enrolled(try FaceTemplate(from: &reader), frames: try reader.int())
    case .trouble: self = .trouble(try EyeTrouble(from: &reader))
    case .ended: self = .ended
    case .looked: self = .looked(number: try reader.int(), try Look(from: &reader))
    case .refused: self = .refused(number: try reader.int(), try EyeTrouble(from: &reader))
    case .trained: self = .trained(try TrainingFigures(from: &reader))
    case .training: self = .training(try reader.double())
    }
  }
}

extension EyeTrouble {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.byte(kind.rawValue)
    writer.string(message)
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    let number = try reader.byte()
    guard let kind = Kind(rawValue: number) else { throw .badValue("trouble \(number)") }
    self.init(kind: kind, message: try reader.string())
  }
}

extension Preview {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.int(columns)
    writer.int(rows)
    writer.count(cells.count)
    for cell in cells { cell.write(to: &writer) }
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    let columns = try reader.int()
    let rows = try reader.int()
    let count = try reader.count(
      limit: EyeFraming.maximumSide * EyeFraming.maximumSide, size: 5, of: "cells")
    let sides = 0...EyeFraming.maximumSide
    guard sides.contains(columns), sides.contains(rows), columns * rows == count else {
      throw .badValue("a preview of \(columns) columns, \(rows) rows and \(count) cells")
    }
    var cells: [PreviewCell] = []
    cells.reserveCapacity(count)
    for _ in 0..<count { cells.append(try PreviewCell(from: &reader)) }
    self.init(columns: columns, rows: rows, cells: cells)
  }
}

/// A cell takes 5 to 13 bytes: its glyph, which colours follow (bit 0 foreground, bit 1
/// background), and these.
extension PreviewCell {
  fileprivate func write(to writer: inout ByteWriter) {
    writer.integer(glyph)
    writer.byte((foreground == nil ? 0 : 1) | (background == nil ? 0 : 2))
    if let foreground { writer.integer(foreground) }
    if let background { writer.integer(background) }
  }

  fileprivate init(from reader: inout ByteReader) throws(EyeFramingError) {
    let glyph = try reader.integer(UInt32.self)
    let colours = try reader.byte()
    guard colours < 4 else { throw .badValue("colours \(colours)") }
    let foreground = colours & 1 == 0 ? nil : try reader.integer(UInt32.self)
    let background = colours & 2 == 0 ? nil : try reader.integer(UInt32.self)
    self.init(glyph: glyph, foreground: foreground, background: background)
  }
}
