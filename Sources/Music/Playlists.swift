/// The port to the playlists that the listener keeps. `live` is in `LibraryFiles`.
package struct Playlists: Sendable {
  /// What there is, by name.
  package var list: @Sendable () async throws -> [PlaylistSummary]
  /// The playlist of a name; nil where there is none.
  package var load: @Sendable (_ name: String) async throws -> Playlist?
  /// Keeps a playlist under a name in place of what was there; it is on the disk when this returns.
  ///
  /// Throws, and changes nothing, where what is there cannot be read.
  package var save: @Sendable (_ name: String, Playlist) async throws -> Void
  /// Keeps a playlist in the place of what was read under its name, nil where nothing was. False, and
  /// nothing changes, where something else is there by now.
  package var replace:
    @Sendable (_ name: String, _ former: Playlist?, Playlist) async throws -> Bool
  /// Gives a playlist another name, which no other may have.
  package var rename: @Sendable (_ name: String, _ new: String) async throws -> Void
  /// Drops a playlist; false where there is none of that name.
  package var delete: @Sendable (_ name: String) async throws -> Bool

  package init(
    list: @escaping @Sendable () async throws -> [PlaylistSummary],
    load: @escaping @Sendable (_ name: String) async throws -> Playlist?,
    save: @escaping @Sendable (_ name: String, Playlist) async throws -> Void,
    replace:
      @escaping @Sendable (_ name: String, _ former: Playlist?, Playlist) async throws -> Bool,
    rename: @escaping @Sendable (_ name: String, _ new: String) async throws -> Void,
    delete: @escaping @Sendable (_ name: String) async throws -> Bool
  ) {
    self.list = list
    self.load = load
    self.save = save
    self.replace = replace
    self.rename = rename
    self.delete = delete
  }

  /// Keeps nothing.
  package static let silent = Playlists(
    list: { [] }, load: { _ in nil }, save: { _, _ in }, replace: { _, _, _ in true },
    rename: { _, _ in }, delete: { _ in false })
}

/// A playlist as a row of a list.
package struct PlaylistSummary: Equatable, Sendable {
  package var name: String
  /// How many songs it has; nil where its file cannot be read.
  package var count: Int?

  package init(name: String, count: Int?) {
    self.name = name
    self.count = count
  }
}

/// The name of a playlist, which becomes a file's: 1...64 characters without a slash.
package struct PlaylistName: Equatable, Sendable {
  package let text: String

  /// The most bytes of a name; a file's may have 255.
  private static let longest = 200

  /// Nil for a name that no file can have, or that a listing would hide.
  package init?(_ text: String) {
    guard let clean = Tags.clean(text), clean.count <= 64, clean.utf8.count <= Self.longest,
      !clean.contains("/"), !clean.hasPrefix(".")
    else { return nil }
    self.text = clean
  }
}

/// Why a playlist is not there to be used: one line that says what to do.
package enum PlaylistsFault: Error, Equatable, CustomStringConvertible {
  case badName(String)
  /// There is none of that name; those that there are.
  case unknown(String, known: [String])
  /// The file is there and cannot be read. Left untouched.
  case unreadable(path: String, reason: String)
  /// Another program changes it again and again.
  case busy(String)
  /// There is one of that name already.
  case taken(String)
  /// Lists that were found in folders and have the same name.
  case several(String, paths: [String])
  /// A list that was found in a folder, and is not there any more.
  case gone(path: String)
  /// Lists that were found in folders, and are the listener's own to change or drop.
  case onlyRead(paths: [String])
  /// A query, which is no list of songs.
  case smart(String)

  package var description: String {
    switch self {
    case .badName(let name):
      "'\(NameText.shown(name))' cannot name a playlist: "
        + "1 to 64 characters, no slash, no dot at the start"
    case .unknown(let name, let known):
      "no playlist '\(NameText.shown(name))': "
        + (known.isEmpty ? "there is none yet" : "there are \(known.joined(separator: ", "))")
    case .unreadable(let path, let reason):
      "\(path): \(reason); left as it is, mend it or move it away"
    case .busy(let name):
      "'\(NameText.shown(name))' is being changed by another program: try again"
    case .taken(let name):
      "there is a playlist '\(NameText.shown(name))' already: take another name"
    case .several(let name, let paths):
      "several playlists are called '\(NameText.shown(name))': "
        + "give the path of one, \(paths.joined(separator: " or "))"
    case .gone(let path): "\(path): is not there any more; u reads the folders again"
    case .onlyRead(let paths):
      "\(paths.joined(separator: " or ")): a file among your music, which EMUS only reads: "
        + "delete the file, then u"
    case .smart(let name): "'\(NameText.shown(name))' is a smart playlist: :smart.remove drops it"
    }
  }
}
