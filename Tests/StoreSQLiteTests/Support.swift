import Foundation
import Music
import Perception
import Taste
import TestSupport

@testable import StoreSQLite

extension TemporaryFolder {
  /// The database's path, in a folder that does not exist yet.
  var database: String { path + "/data/emus.db" }
}

func contents(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

func mode(_ path: String) throws -> Int {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
}

/// Everything that the adapter offers, over one new database.
struct Bench {
  let folder: TemporaryFolder
  let database: EmusDatabase
  let catalog: Catalog
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    database = try EmusDatabase.open(at: folder.database)
    catalog = .live(database, mood: { _ in .unknown })
    store = .live(database)
  }

  /// Scans tracks into `/music` and returns their ids in the order given.
  @discardableResult
  func scan(_ entries: [ScanBatch.Entry], isLast: Bool = true) async throws -> ScanTally {
    try await catalog.write(
      ScanBatch(folder: Array("/music".utf8), entries: entries, isLast: isLast))
  }

  /// The titles that a query finds, as the default listener types it.
  func titles(_ text: String = "", forgivesSlips: Bool = false) async throws -> [String] {
    try await page(text, forgivesSlips: forgivesSlips).rows.map(\.displayTitle)
  }

  func page(_ text: String, forgivesSlips: Bool = false) async throws -> CatalogPage {
    let query = CatalogQuery(
      try Query.parse(text), listener: ListenerID.default.rawValue, forgivesSlips: forgivesSlips)
    return try await catalog.page(query, 0..<1000)
  }

  /// The ids of the list, in its order.
  func ids() async throws -> [TrackID] {
    try await catalog.page(CatalogQuery(), 0..<1000).rows.map(\.id)
  }
}

func entry(
  _ path: String, _ tags: Tags = Tags(), stamp: FileStamp = FileStamp(size: 1, modified: 2)
) -> ScanBatch.Entry {
  ScanBatch.Entry(location: Location(path: path), stamp: stamp, tags: tags)
}

func rating(
  _ value: Int, of track: TrackID, by listener: ListenerID = .default, at time: Double = 1
) -> Feedback {
  Feedback(listener: listener, track: track, time: time, kind: .rating, value: value)
}
