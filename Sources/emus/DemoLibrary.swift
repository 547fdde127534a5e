import Foundation
import LibraryFiles
import Music

/// The music that comes with the program: what plays while the listener has none of their own.
///
/// Read into the catalogue when somebody first asks for music, in a fresh home and headless too.
enum DemoLibrary {
  /// A catalogue that knows the demo pieces whenever it has nothing else to show.
  static func joined(to catalog: Catalog, installation: Installation) -> Catalog {
    guard let folder = installation.library else { return catalog }
    let gate = Gate(catalog: catalog, folder: Array(folder.utf8))
    var joined = catalog
    joined.page = { query, range in
      try await gate.pass()
      return try await catalog.page(query, range)
    }
    joined.facts = {
      try await gate.pass()
      return try await catalog.facts()
    }
    return joined
  }

  /// Lets the first asker read the pieces in while the others wait.
  private actor Gate {
    private let catalog: Catalog
    private let folder: [UInt8]
    private var reading: Task<Void, any Error>?

    init(catalog: Catalog, folder: [UInt8]) {
      self.catalog = catalog
      self.folder = folder
    }

    func pass() async throws {
      if let reading { return try await reading.value }
      let catalog = catalog
      let folder = folder
      let task = Task {
        guard try await catalog.folders().isEmpty else { return }
        _ = try await Scan.run(
          folders: [folder], catalog: catalog, read: TagReader.inProcess,
          options: Scan.Options(isDemo: true))
      }
      reading = task
      do {
        try await task.value
      } catch {
        // The next asker tries again: a database that was busy will not stay so.
        reading = nil
        throw error
      }
    }
  }
}
