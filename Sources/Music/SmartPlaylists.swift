/// A query with a name: a playlist that follows the library by itself.
package struct SmartPlaylist: Hashable, Sendable {
  /// 1...64 characters; names that differ in case or accents alone are one.
  package var name: String
  package var filter: Query

  package init(name: String, filter: Query) {
    self.name = name
    self.filter = filter
  }
}

/// The port to the smart playlists, a part of `Catalog`. What one holds is never stored: a page of
/// its query is always what matches now.
package struct SmartPlaylists: Sendable {
  /// All of them, by name.
  package var all: @Sendable () async throws -> [SmartPlaylist]
  /// Adds one, in place of one of the same name.
  package var save: @Sendable (SmartPlaylist) async throws -> Void
  /// Forgets the one of this name, if there is one.
  package var remove: @Sendable (_ name: String) async throws -> Void

  package init(
    all: @escaping @Sendable () async throws -> [SmartPlaylist],
    save: @escaping @Sendable (SmartPlaylist) async throws -> Void,
    remove: @escaping @Sendable (_ name: String) async throws -> Void
  ) {
    self.all = all
    self.save = save
    self.remove = remove
  }

  /// Keeps none.
  package static let silent = SmartPlaylists(all: { [] }, save: { _ in }, remove: { _ in })
}
