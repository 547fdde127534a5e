/// A colour as a terminal knows it.
package enum Color: Equatable, Hashable, Sendable {
  /// The terminal's own foreground or background.
  case `default`
  /// 0...15 the palette's named colours, 16...255 the fixed ones.
  case indexed(UInt8)
  /// 0xRRGGBB; reduced to what the terminal can show.
  case rgb(UInt32)
}

/// How a cell looks.
package struct Style: Equatable, Hashable, Sendable {
  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let italic = Attributes(rawValue: 4)
    package static let underline = Attributes(rawValue: 8)
    package static let reverse = Attributes(rawValue: 16)
  }

  package var foreground: Color
  package var background: Color
  package var attributes: Attributes

  package init(
    foreground: Color = .default, background: Color = .default, attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  package static let plain = Style()
}
