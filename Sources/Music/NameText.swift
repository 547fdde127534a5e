/// Names of lists and people as messages show them: a long one must not push out of sight what is
/// said about it.
///
/// It counts characters and measures no columns. It is not for what shall be read back.
package enum NameText {
  /// The most characters that are shown, the mark of what is cut included.
  private static let longest = 40

  package static func shown(_ name: String) -> String {
    name.count > longest ? name.prefix(longest - 1) + "…" : name
  }
}
