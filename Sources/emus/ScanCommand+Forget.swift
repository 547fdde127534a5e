import LibraryFiles
import Music
import Perception

/// `emus scan --forget`: known folders that are no longer wanted, in place of a scan.
extension ScanCommand {
  /// Forgets the folders and says so. Whoever scans waits for it, and it for them.
  func forgetAlone(_ catalog: Catalog, _ home: Home) async throws {
    let lock = try await waitForLock(in: home)
    defer { withExtendedLifetime(lock) {} }
    let forgotten: ForgottenFolders
    do {
      forgotten = try await ForgottenFolders.run(folders.map(FileName.bytes), catalog: catalog)
    } catch let failure as ScanFailure {
      throw Failure(.input, failure.description)
    }
    if shared.json { return try JSONOutput.print(ForgetResult(forgotten)) }
    for folder in forgotten.folders {
      print("\(PathText.escaped(folder)): no known folder any more")
    }
    print(
      "\(counted(forgotten.missing, "file")) left the lists; what you did with the songs stays, and "
        + "comes back with them")
  }
}

/// What was forgotten, as JSON.
struct ForgetResult: Encodable {
  var folders: [ScanResult.File]
  /// Files whose songs left the lists.
  var missing: Int

  init(_ forgotten: ForgottenFolders) {
    folders = forgotten.folders.map { ScanResult.File($0) }
    missing = forgotten.missing
  }
}
