import Music

/// What a listener may be called: asked by whoever is about to register a face, before it is
/// looked at, and by the store, which has the last word. It knows nobody.
package enum ListenerName {
  /// Characters.
  package static let longest = 64

  /// The name as it is kept; nil where nothing of it can be shown, or too much.
  package static func clean(_ text: String) -> String? {
    Tags.clean(text).flatMap { $0.count <= longest ? $0 : nil }
  }

  /// `guest` stands for somebody who is not kept.
  package static func isReserved(_ name: String) -> Bool { isSame(name, Listener.guest.name) }

  /// Case tells nobody apart, accents do: José and Jose are two people.
  package static func isSame(_ left: String, _ right: String) -> Bool {
    left.lowercased() == right.lowercased()
  }
}
