/// A key as the listener pressed it, whatever bytes the terminal sent.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Control with a lower-case letter.
  case control(Character)
  /// Alt (or Escape before it) with a character.
  case alt(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1...F12
  case function(Int)
}
