import Screen

/// Which of the terminal's colours shows a colour of ours. Pure arithmetic, no terminal.
struct Palette {
  /// How many colours the terminal has; 0 for none, or where `NO_COLOR` asks for none.
  let colours: Int

  /// What a style comes to on this terminal: colour numbers (-1 the terminal's own) and attributes.
  struct Look: Hashable {
    var foreground: Int
    var background: Int
    var attributes: Style.Attributes
  }

  func look(of style: Style) -> Look {
    var attributes = style.attributes
    guard colours >= 8 else {
      // What stood out by its background must still stand out, a picture must not.
      if case .indexed = style.background { attributes.insert(.reverse) }
      return Look(foreground: -1, background: -1, attributes: attributes)
    }
    if colours < 16, case .indexed(8...15) = style.foreground { attributes.insert(.bold) }
    return Look(
      foreground: number(of: style.foreground), background: number(of: style.background),
      attributes: attributes)
  }

  /// -1 for the default colour, else a number below `colours`.
  func number(of colour: Color) -> Int {
    switch colour {
    case .default: return -1
    case .indexed(let index):
      if colours > 256 { return index < 8 ? Int(index) : direct(RGB(index: index)) }
      if Int(index) < colours { return Int(index) }
      return index < 16 ? Int(index) - 8 : nearest(to: RGB(index: index))
    case .rgb(let value):
      let rgb = RGB(value: value)
      return colours > 256 ? direct(rgb) : nearest(to: rgb)
    }
  }

  /// A terminal of direct colours takes 0xRRGGBB itself, but for 0...7, which are its palette's.
  private func direct(_ rgb: RGB) -> Int {
    max(8, rgb.red << 16 | rgb.green << 8 | rgb.blue)
  }

  private func nearest(to rgb: RGB) -> Int {
    // The listener's own 0...15 may be any colours, so the fixed ones are better where they exist.
    guard colours < 256 else { return rgb.nearestFixed }
    let candidates = 0..<min(colours, 16)
    return candidates.min {
      RGB(index: UInt8($0)).distance(to: rgb) < RGB(index: UInt8($1)).distance(to: rgb)
    } ?? -1
  }
}

/// Red, green and blue, 0...255 each.
struct RGB: Equatable {
  var red: Int
  var green: Int
  var blue: Int

  init(red: Int, green: Int, blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// From 0xRRGGBB.
  init(value: UInt32) {
    self.init(
      red: Int(value >> 16 & 0xFF), green: Int(value >> 8 & 0xFF), blue: Int(value & 0xFF))
  }

  /// From xterm's 256 colours: 16 named, a cube of six levels, 24 grays.
  init(index: UInt8) {
    switch Int(index) {
    case let named where named < 16:
      let level = named < 8 ? 0xCD : 0xFF
      self.init(
        red: named & 1 == 0 ? 0 : level, green: named & 2 == 0 ? 0 : level,
        blue: named & 4 == 0 ? 0 : level)
      if named == 7 { self = RGB(red: 0xE5, green: 0xE5, blue: 0xE5) }
      if named == 8 { self = RGB(red: 0x7F, green: 0x7F, blue: 0x7F) }
    case let cube where cube < 232:
      let at = cube - 16
      self.init(
        red: Self.levels[at / 36], green: Self.levels[at / 6 % 6], blue: Self.levels[at % 6])
    case let gray:
      let level = 8 + (gray - 232) * 10
      self.init(red: level, green: level, blue: level)
    }
  }

  private static let levels = [0, 95, 135, 175, 215, 255]

  func distance(to other: RGB) -> Int {
    let (r, g, b) = (red - other.red, green - other.green, blue - other.blue)
    return r * r + g * g + b * b
  }

  /// The nearest of xterm's colours 16...255: the better of the cube's and the grays' nearest.
  var nearestFixed: Int {
    let cube = 16 + 36 * level(red) + 6 * level(green) + level(blue)
    let mean = (red + green + blue) / 3
    let gray = 232 + min(max((mean - 3) / 10, 0), 23)
    let isGray =
      RGB(index: UInt8(gray)).distance(to: self) < RGB(index: UInt8(cube)).distance(to: self)
    return isGray ? gray : cube
  }

  private func level(_ value: Int) -> Int {
    value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40
  }
}
