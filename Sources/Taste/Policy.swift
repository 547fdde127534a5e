/// What the listener wants the music to do with the mood. Chosen, never guessed.
package enum Policy: String, CaseIterable, Sendable, Codable {
  /// Music that feels like the listener.
  case match
  /// A step brighter than the listener.
  case lift
  /// A step quieter.
  case calm
  /// A step livelier.
  case energise
}
