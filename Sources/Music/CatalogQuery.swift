/// What a list shows. Without a query all songs, by artist, album, disc, track.
///
/// With one, songs whose title or artist begins with its words come first, then those where each
/// word begins a word, then the others, and in each group the order of the whole list.
package struct CatalogQuery: Hashable, Sendable {
  package var filter: Query
  /// Whose ratings and plays count, by the listener's number; nil counts no one's.
  package var listener: Int64?
  /// Seconds since 1970, from which ages count; nil where the query names none.
  package var time: Double?
  /// Where nothing is found, words that differ by a slip or two are looked for.
  package var forgivesSlips: Bool

  package init(
    _ filter: Query = .everything, listener: Int64? = nil, time: Double? = nil,
    forgivesSlips: Bool = true
  ) {
    self.filter = filter
    self.listener = listener
    self.time = time
    self.forgivesSlips = forgivesSlips
  }
}

/// A window of the rows of a query.
package struct CatalogPage: Equatable, Sendable {
  /// How many rows match in all; where `isCut`, how many of them can be shown.
  package var total: Int
  /// More match than are counted: a narrower query shows them.
  package var isCut: Bool
  /// Nothing matches as it was asked; these rows match with a slip mended.
  package var isNear: Bool
  /// The rows of the window.
  package var rows: [Track]

  package init(total: Int, rows: [Track], isCut: Bool = false, isNear: Bool = false) {
    self.total = total
    self.rows = rows
    self.isCut = isCut
    self.isNear = isNear
  }
}

/// What a query finds in all.
package struct CatalogTotal: Equatable, Sendable {
  package var count: Int
  /// More match than are counted.
  package var isCut: Bool
  /// How long those that were counted are together.
  package var seconds: Double

  package init(count: Int, isCut: Bool = false, seconds: Double) {
    self.count = count
    self.isCut = isCut
    self.seconds = seconds
  }
}
