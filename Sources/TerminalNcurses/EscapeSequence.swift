import Screen

/// The sequences of xterm, the linux console and rxvt for keys, for terminals that send others than
/// their terminfo entry says.
enum EscapeSequence {
  /// `ESC O` and a letter.
  static func single(_ final: Unicode.Scalar) -> Key? {
    switch final {
    case "P"..."S": .function(Int(final.value - 0x50) + 1)
    case "M": .enter
    default: arrow(final)
    }
  }

  /// `ESC [`, parameters, and a final letter. Parameters that name a modifier mean nothing here.
  static func control(_ parameters: String, final: Unicode.Scalar) -> Key? {
    if final == "~" { return numbered[parameters] }
    if parameters == "[" {
      return ("A"..."E").contains(final) ? .function(Int(final.value - 0x41) + 1) : nil
    }
    guard parameters.isEmpty else { return nil }
    return final == "Z" ? .backTab : arrow(final)
  }

  private static func arrow(_ final: Unicode.Scalar) -> Key? {
    switch final {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "H": .home
    case "F": .end
    default: nil
    }
  }

  private static let numbered: [String: Key] = [
    "1": .home, "7": .home, "4": .end, "8": .end, "2": .insert, "3": .delete, "5": .pageUp,
    "6": .pageDown, "11": .function(1), "12": .function(2), "13": .function(3),
    "14": .function(4), "15": .function(5), "17": .function(6), "18": .function(7),
    "19": .function(8), "20": .function(9), "21": .function(10), "23": .function(11),
    "24": .function(12),
  ]
}
