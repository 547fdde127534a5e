/// A query with a name: a playlist that follows the library by itself.
package struct SmartPlaylist: Hashable, Sendable {
  /// 1...64 characters; names that differ in case or accents alone are one.
  package let name: String
  /// The query as it is kept.
  package let text: String
  /// The query, or why it can no longer be read.
  package let query: Result<Query, QueryError>

  package init(name: String, filter: Query) {
    self.name = name
    text = filter.description
    query = .success(filter)
  }

  /// From what is kept, which an older or newer version of the language may have written.
  package init(name: String, text: String) {
    self.name = name
    self.text = text
    do { query = .success(try Query.parse(text)) } catch { query = .failure(error) }
  }
}

extension SmartPlaylist {
  /// Nil where it cannot be read.
  package var filter: Query? {
    if case .success(let filter) = query { filter } else { nil }
  }
}

/// The port to the smart playlists, a part of `Catalog`. What one holds is never stored: a page of
/// its query is always what matches now.
package struct SmartPlaylists: Sendable {
  /// All of them, by name; also those whose query cannot be read.
  package var all: @Sendable () async throws -> [SmartPlaylist]
  /// Adds one, in place of one of the same name.
  package var save: @Sendable (SmartPlaylist) async throws -> Void
  /// Gives one another name, which no other may have.
  package var rename: @Sendable (_ name: String, _ new: String) async throws -> Void
  /// Forgets the one of this name, if there is one.
  package var remove: @Sendable (_ name: String) async throws -> Void

  package init(
    all: @escaping @Sendable () async throws -> [SmartPlaylist],
    save: @escaping @Sendable (SmartPlaylist) async throws -> Void,
    rename: @escaping @Sendable (_ name: String, _ new: String) async throws -> Void,
    remove: @escaping @Sendable (_ name: String) async throws -> Void
  ) {
    self.all = all
    self.save = save
    self.rename = rename
    self.remove = remove
  }

  /// Keeps none.
  package static let silent = SmartPlaylists(
    all: { [] }, save: { _ in }, rename: { _, _ in }, remove: { _ in })
}
