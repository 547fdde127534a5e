import LibraryFiles
import Music
import Session

/// The folders that the catalogue knows, watched while the player runs: says which of them changed.
/// Begins anew where other folders are known than before.
actor KnownFolders {
  private let catalog: Catalog
  private let tell: AsyncStream<Event>.Continuation
  private var folders: [[UInt8]] = []
  private var watch: FolderWatch?

  private init(catalog: Catalog, tell: AsyncStream<Event>.Continuation) {
    self.catalog = catalog
    self.tell = tell
  }

  static func changes(in catalog: Catalog) -> FolderChanges {
    let (events, tell) = AsyncStream.makeStream(of: Event.self)
    let known = KnownFolders(catalog: catalog, tell: tell)
    return FolderChanges(
      follow: { isWanted in Task { await known.follow(isWanted) } }, events: { events })
  }

  private func follow(_ isWanted: Bool) async {
    do {
      let wanted = isWanted ? try await catalog.folders() : []
      guard wanted != folders else { return }
      let isReplaced = watch != nil
      folders = wanted
      watch?.stop()
      watch = wanted.isEmpty ? nil : begin(wanted)
      // What the old watch had noticed, and waited with, is for a scan to find.
      if isReplaced, !wanted.isEmpty { tell.yield(.foldersChanged(Self.names(wanted))) }
    } catch {
      tell.yield(.failed(.other, "the folders cannot be watched: \(error)"))
    }
  }

  private func begin(_ wanted: [[UInt8]]) -> FolderWatch {
    let watch = FolderWatch(wanted)
    let (news, tell) = (watch.news, tell)
    Task { [weak self] in
      for await event in news {
        switch event {
        case .changed(let folders): await self?.tellChanged(folders)
        case .limited(let reason): tell.yield(.failed(.other, reason))
        }
      }
    }
    return watch
  }

  /// A folder that was forgotten meanwhile is not read: that would make it known again.
  private func tellChanged(_ changed: [[UInt8]]) async {
    guard watch != nil else { return }
    do {
      let known = try await catalog.folders()
      guard changed.allSatisfy(known.contains) else { return await follow(true) }
      tell.yield(.foldersChanged(Self.names(changed)))
    } catch {
      tell.yield(.failed(.other, "the folders cannot be watched: \(error)"))
    }
  }

  /// Names as an argument of the scan can have them, which Foundation's `Process` gives it as texts.
  /// One that is no UTF-8 cannot be one: then all are read.
  private static func names(_ folders: [[UInt8]]) -> [String] {
    let names = folders.map { String(validating: $0, as: UTF8.self) }
    return names.contains(nil) ? [] : names.compactMap(\.self)
  }
}
