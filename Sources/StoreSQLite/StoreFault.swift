import Music

/// What the store refuses although the database is well: one clear line that says what to do.
package enum StoreFault: Error, Equatable, CustomStringConvertible {
  /// Nothing of a guest is kept.
  case guestKeepsNothing
  /// No listener has this number.
  case unknownListener(Int64)
  case unknownTrack(Int64)
  /// A name is 1...64 characters after `Tags.clean`.
  case badName(String)
  /// `guest` stands for somebody who is not kept.
  case reservedName(String)
  case nameTaken(String)
  /// The name has a face that the same recogniser made.
  case faceTaken(String)
  /// Ratings and settings of the default listener need a name that stays.
  case defaultKeepsItsName
  /// A rating needs a value of 1...10, the other kinds have none; every event needs a time.
  case badFeedback(String)
  /// An archive needs a home in which nobody has rated, listened or imported yet.
  case notEmpty
  /// Forgotten, but its bytes leave the disk only when no other program has the file open.
  case forgottenNotWiped(String, DatabaseFault)

  /// Another name would do.
  package var isOfName: Bool {
    switch self {
    case .badName, .reservedName, .nameTaken, .faceTaken, .defaultKeepsItsName: true
    default: false
    }
  }

  package var description: String {
    switch self {
    case .guestKeepsNothing: "nothing of a guest is kept; choose a listener first"
    case .unknownListener(let id): "no listener has the number \(id)"
    case .unknownTrack(let id): "no track has the number \(id)"
    case .badName(let name): "“\(NameText.shown(name))”: a name has 1 to 64 characters"
    case .reservedName(let name): "“\(name)” stands for people who are not kept; take another name"
    case .nameTaken(let name): "“\(name)” is taken; take another name"
    case .faceTaken(let name):
      "“\(name)” has a face already; remove it first or take another name"
    case .defaultKeepsItsName: "the listener “default” keeps its name; add a new one instead"
    case .badFeedback(let reason): "feedback not stored: \(reason)"
    case .notEmpty:
      "there are ratings, history or listeners already; take an export back into a new --home"
    case .forgottenNotWiped(let name, let fault):
      "“\(name)” is forgotten, but traces stay in the file until it is free: \(fault)"
    }
  }
}
