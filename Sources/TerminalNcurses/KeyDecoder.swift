import CNcurses
import Screen

/// Turns what ncurses reads into keys: its key codes, characters, and the sequences after Escape
/// that terminfo does not know. Pure: it neither reads nor waits.
///
/// A sequence that means nothing here is swallowed whole, so that no stray letters become commands.
struct KeyDecoder {
  enum Input: Equatable {
    /// A scalar value that was typed, or a byte of a sequence.
    case scalar(UInt32)
    /// One of ncurses' KEY_ numbers.
    case code(Int32)
    /// Nothing has come for as long as a sequence may take to arrive.
    case silence
  }

  private enum State: Equatable {
    case ground, escaped
    /// After `ESC [`: parameters so far.
    case control(String)
    /// After `ESC O`.
    case single
    /// Inside a string (title, clipboard) that ends in BEL or `ESC \`; whether ESC came last.
    case string(endsNext: Bool)
  }

  private var state = State.ground

  /// Whether what came so far may be the beginning of more.
  var isPending: Bool { state != .ground }

  /// The key that is complete with this input, if any.
  mutating func feed(_ input: Input) -> Key? {
    switch input {
    case .silence: return endSequence()
    case .code(let code):
      state = .ground
      return Self.key(code: code)
    case .scalar(let value):
      guard let scalar = Unicode.Scalar(value) else { return nil }
      return feed(scalar)
    }
  }

  private mutating func feed(_ scalar: Unicode.Scalar) -> Key? {
    switch state {
    case .ground:
      guard scalar != Self.escape else {
        state = .escaped
        return nil
      }
      return Self.key(scalar)
    case .escaped: return afterEscape(scalar)
    case .control(let parameters): return inControl(parameters, scalar)
    case .single:
      state = .ground
      return EscapeSequence.single(scalar)
    case .string(let endsNext):
      let ends = scalar.value == 7 || (endsNext && scalar == "\\")
      state = ends ? .ground : .string(endsNext: scalar == Self.escape)
      return nil
    }
  }

  private mutating func afterEscape(_ scalar: Unicode.Scalar) -> Key? {
    switch scalar {
    case "[": state = .control("")
    case "O": state = .single
    case "]", "P", "^", "_", "X": state = .string(endsNext: false)
    case Self.escape: return .escape
    default:
      state = .ground
      guard case .character(let character)? = Self.key(scalar) else { return Self.key(scalar) }
      return .alt(character)
    }
    return nil
  }

  private mutating func inControl(_ parameters: String, _ scalar: Unicode.Scalar) -> Key? {
    switch scalar.value {
    // The linux console's F1...F5 are `ESC [ [ A` and so on.
    case 0x5B where parameters.isEmpty, 0x20...0x3F:
      let longest = 32
      state =
        parameters.utf8.count < longest
        ? .control(parameters + String(Character(scalar))) : .control(parameters)
      return nil
    case 0x40...0x7E:
      state = .ground
      return EscapeSequence.control(parameters, final: scalar)
    case 0x1B:
      state = .escaped
      return nil
    default:
      state = .ground
      return nil
    }
  }

  /// The sequence turned out to be keys pressed by hand.
  private mutating func endSequence() -> Key? {
    defer { state = .ground }
    switch state {
    case .escaped: return .escape
    case .control(""): return .alt("[")
    case .single: return .alt("O")
    case .ground, .control, .string: return nil
    }
  }

  private static let escape: Unicode.Scalar = "\u{1B}"

  /// The key of a scalar that stands alone; nil for controls that no key of ours sends.
  private static func key(_ scalar: Unicode.Scalar) -> Key? {
    switch scalar.value {
    case 9: return .tab
    case 10, 13: return .enter
    case 8, 127: return .backspace
    case 0: return .control(" ")
    case 1...26: return .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 27: return .escape
    case 0x20..<0x7F, 0xA0...: return .character(Character(scalar))
    default: return nil
    }
  }

  private static func key(code: Int32) -> Key? {
    if let key = codes[code] { return key }
    guard code > KEY_F0, code <= KEY_F0 + 12 else { return nil }
    return .function(Int(code - KEY_F0))
  }

  /// The four corners of a key pad are keys of their own there.
  private static let codes: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home,
    KEY_END: .end, KEY_FIND: .home, KEY_SELECT: .end, KEY_A1: .home, KEY_C1: .end,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_A3: .pageUp, KEY_C3: .pageDown,
    KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_IC: .insert, KEY_BTAB: .backTab,
    KEY_ENTER: .enter,
  ]
}
