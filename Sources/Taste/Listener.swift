/// A listener's number in the database.
package struct ListenerID: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) { self.rawValue = rawValue }
  package init(_ rawValue: Int64) { self.rawValue = rawValue }

  /// The listener there always is.
  package static let `default` = ListenerID(1)
  /// Nothing of a guest is kept. Never in the database.
  package static let guest = ListenerID(0)
}

/// A person with ratings, history and recommendations of their own.
package struct Listener: Equatable, Sendable {
  package var id: ListenerID
  package var name: String
  /// A face is registered.
  package var hasFace: Bool

  package init(id: ListenerID, name: String, hasFace: Bool = false) {
    self.id = id
    self.name = name
    self.hasFace = hasFace
  }

  package static let `default` = Listener(id: .default, name: "default")
  package static let guest = Listener(id: .guest, name: "guest")
}
