/// What one cell, or two side by side, can show: a scalar with the marks that stand on it.
struct Glyph: Equatable {
  var character: Character
  /// 1 or 2 columns.
  var width: Int

  /// Marks beyond this many are dropped: ncurses holds five scalars in a cell.
  static let markLimit = 4
}

/// The glyphs of a text, in order. Text from a stranger's file becomes harmless here.
///
/// Controls, format characters and marks without a base are dropped, and of an emoji sequence
/// joined by U+200D the first picture alone stays, because terminals disagree on the rest.
struct GlyphSequence: Sequence, IteratorProtocol {
  private var scalars: String.UnicodeScalarView.Iterator
  private var pending: (scalar: Unicode.Scalar, width: Int)?
  private var joins = false

  init(_ text: String) {
    scalars = text.unicodeScalars.makeIterator()
  }

  mutating func next() -> Glyph? {
    guard let base = nextBase() else { return nil }
    guard let marked = marks(on: base) else {
      return Glyph(character: Character(base.scalar), width: base.width)
    }
    return Glyph(character: marked, width: base.width)
  }

  /// The next scalar that takes cells.
  private mutating func nextBase() -> (scalar: Unicode.Scalar, width: Int)? {
    if let held = pending {
      pending = nil
      return held
    }
    while let scalar = scalars.next() {
      if let width = CellWidth.of(scalar), width > 0 { return (scalar, width) }
    }
    return nil
  }

  /// The base with the marks that follow it; nil where none do. Stops before the next base.
  private mutating func marks(on base: (scalar: Unicode.Scalar, width: Int)) -> Character? {
    var text: String?
    var count = 0
    while let scalar = scalars.next() {
      guard let width = CellWidth.of(scalar) else {
        if scalar.value == 0x200D { joins = base.width == 2 }
        continue
      }
      if width > 0 {
        if joins {
          joins = false
          if width == 2 { continue }
        }
        pending = (scalar, width)
        break
      }
      guard count < Glyph.markLimit else { continue }
      var longer = text ?? String(Character(base.scalar))
      longer.unicodeScalars.append(scalar)
      // A mark that starts a grapheme of its own has no place on this base.
      guard longer.count == 1 else { continue }
      text = longer
      count += 1
    }
    joins = false
    return text.map { Character($0) }
  }
}
