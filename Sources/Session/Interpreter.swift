import Music
import Perception
import Taste

/// Does what effects say and answers with events. Writes go one after another, reads at once.
final class Interpreter: Sendable {
  private typealias Job = @Sendable () async -> Void

  private let ports: Ports
  private let sight: SightControl
  private let engine: TasteEngine
  private let answer: @Sendable (Event) -> Void
  private let jobs: AsyncStream<Job>
  private let queue: AsyncStream<Job>.Continuation

  init(ports: Ports, sight: SightControl, answer: @escaping @Sendable (Event) -> Void) {
    self.ports = ports
    self.sight = sight
    self.answer = answer
    engine = TasteEngine(catalog: ports.catalog, store: ports.store)
    (jobs, queue) = AsyncStream.makeStream(of: Job.self)
  }

  /// Works off the writes until `finish`; what was asked before it is still done.
  func writeInOrder() async {
    for await job in jobs { await job() }
  }

  /// No write is taken any more; `writeInOrder` ends when the last one is done.
  func closeWrites() { queue.finish() }

  @MainActor
  func perform(_ effect: Effect, in group: inout DiscardingTaskGroup) {
    switch effect {
    case .player(let command): ports.player.send(command)
    case .eye(let request): ports.watcher.send(request)
    case .watch(let wishes): sight.wishes = wishes
    case .record, .remember, .change, .open, .recall, .listListeners, .sendGallery, .recommend,
      .readCalibration, .keepCalibration, .undoCalibration, .listSmartPlaylists,
      .changeSmartPlaylists, .playlist, .listPlaylists, .readPlaylist,
      .loadPlaylist:
      queue.yield { [self] in await write(effect) }
    case .page, .fetch, .readHistory:
      group.addTask { [self] in await read(effect) }
    case .calibrate(let samples, let number):
      group.addTask { [self] in learn(samples, number) }
    case .scan(let folders):
      group.addTask { [self] in
        for await event in ports.scan(folders) {
          if case .scanned = event { await engine.forgetTable() }
          answer(event)
        }
      }
    case .followFolders(let isWanted): ports.folders.follow(isWanted)
    case .quit, .redraw, .wake: break
    }
  }

  private func read(_ effect: Effect) async {
    do {
      switch effect {
      case .page(let query, let range):
        answer(.rows(query, offset: range.lowerBound, try await ports.catalog.page(query, range)))
      case .fetch(let ids):
        answer(.tracks(asked: ids, try await ports.catalog.tracks(ids)))
      case .readHistory(let track, let listener):
        answer(.historyRead(track, try await ports.catalog.history(track, listener)))
      default: break
      }
    } catch { fail(effect, error) }
  }

  private func write(_ effect: Effect) async {
    do {
      switch effect {
      case .record(let feedback):
        let number = try await ports.store.record(feedback)
        try await engine.absorb(upTo: number, of: feedback.listener)
        answer(.stored(feedback))
      case .remember(let values): try await ports.store.memory.set(values)
      case .recall: answer(.recalled(try await ports.store.memory.all()))
      case .playlist(let work): answer(.playlist(try await ports.perform(work)))
      case .listPlaylists(let listener, let time):
        answer(.playlists(try await ports.playlistRows(listener: listener, time: time)))
      case .readPlaylist(let reference, let purpose, let listener, let time):
        let contents = try await ports.contents(of: reference, listener: listener, time: time)
        answer(.playlistRead(reference, for: purpose, contents))
      case .loadPlaylist(let name):
        let (reference, contents) = try await ports.load(name)
        answer(.playlistRead(reference, for: .load, contents))
      case .listListeners: answer(.listeners(try await ports.store.listeners()))
      case .open(let listener): try await engine.open(listener)
      case .listSmartPlaylists:
        answer(.smartPlaylists(try await ports.catalog.smartPlaylists.all(), after: nil))
      case .changeSmartPlaylists(let change):
        try await ports.catalog.smartPlaylists.apply(change)
        answer(.smartPlaylists(try await ports.catalog.smartPlaylists.all(), after: change))
      case .change(let change):
        answer(.listenerChanged(change, try await ports.store.change(change)))
      case .readCalibration(let owner):
        try await tellCalibration(of: owner) { .calibrationRead(owner, $0) }
      case .keepCalibration(let owner, let outcome):
        if let found = outcome.calibration {
          try await ports.store.calibrations.save(found, owner)
        }
        answer(.calibrationKept(owner, outcome))
      case .undoCalibration(let owner):
        let wasThere = try await ports.store.calibrations.undo(owner)
        try await tellCalibration(of: owner) {
          .calibrationUndone(owner, wasThere: wasThere, $0)
        }
      case .sendGallery(let isWanted):
        let faces = isWanted ? try await ports.store.gallery(FaceTemplate.currentRecogniser) : []
        ports.watcher.send(.gallery(faces))
      case .recommend(let request):
        answer(.recommended(request, try await engine.songs(for: request)))
      default: break
      }
    } catch { fail(effect, error) }
  }

  /// Answers with the correction in force; one that is damaged counts as none and is told after.
  private func tellCalibration(
    of owner: CalibrationOwner, _ event: (EmotionCalibration?) -> Event
  ) async throws {
    do {
      answer(event(try await ports.store.calibrations.current(owner)))
    } catch let damage as DamagedCalibration {
      ports.log("\(damage)")
      answer(event(nil))
      answer(.calibrationDamaged(owner))
    }
  }

  /// Beside the writes, for it may take a second.
  private func learn(_ samples: [CalibrationSample], _ number: Int) {
    do {
      let outcome = try CalibrationFit.run(samples, network: ports.moodSettings.network)
      answer(.calibrated(number: number, outcome))
    } catch { fail(.calibrate(samples, number: number), error) }
  }

  private func fail(_ effect: Effect, _ error: any Error) {
    ports.log("\(error)")
    answer(.failed(effect.failedWork, "\(error)"))
  }
}
