import GRDB
import Synchronization

/// What searches keep between two letters: the order of the list and the vocabulary.
///
/// Both are read when a search first needs them. The order is read anew when the catalogue has
/// another revision, whichever process changed it. A snapshot that is older than what is kept
/// reads its own.
final class SearchCache: Sendable {
  private let order = Mutex<ListOrder?>(nil)
  private let words = Mutex(Vocabulary())

  func order(_ stamp: ListOrder.Stamp, _ db: Database) throws -> ListOrder {
    if let known = order.withLock({ $0 }), known.stamp == stamp { return known }
    let read = try ListOrder(stamp, db)
    order.withLock { kept in
      if kept?.stamp.revision ?? -1 <= stamp.revision { kept = read }
    }
    return read
  }

  func vocabulary(_ db: Database) throws -> Vocabulary {
    var known = words.withLock { $0 }
    try known.catchUp(db)
    words.withLock { $0 = known }
    return known
  }
}
