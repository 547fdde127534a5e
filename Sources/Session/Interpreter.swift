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
      .readCalibration, .undoCalibration:
      queue.yield { [self] in await write(effect) }
    case .page, .fetch:
      group.addTask { [self] in await read(effect) }
    case .calibrate(let owner, let samples):
      group.addTask { [self] in await learn(samples, of: owner) }
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
      case .listListeners: answer(.listeners(try await ports.store.listeners()))
      case .open(let listener): try await engine.open(listener)
      case .change(let change):
        answer(.listenerChanged(change, try await ports.store.change(change)))
      case .readCalibration(let owner):
        answer(.calibrationRead(owner, try await ports.store.calibrations.current(owner)))
      case .undoCalibration(let owner):
        let wasThere = try await ports.store.calibrations.undo(owner)
        let stored = try await ports.store.calibrations.current(owner)
        answer(.calibrationUndone(owner, wasThere: wasThere, stored))
      case .sendGallery(let isWanted):
        let faces = isWanted ? try await ports.store.gallery(FaceTemplate.recogniser) : []
        ports.watcher.send(.gallery(faces))
      case .recommend(let request):
        answer(.recommended(request, try await engine.songs(for: request)))
      default: break
      }
    } catch { fail(effect, error) }
  }

  /// Learns beside the writes, for it may take a second; what it comes to is written in order.
  private func learn(_ samples: [CalibrationSample], of owner: CalibrationOwner) async {
    let effect = Effect.calibrate(owner, samples)
    do {
      let outcome = try CalibrationFit.run(samples, network: ports.moodSettings.network)
      queue.yield { [self] in
        do {
          if let found = outcome.calibration {
            try await ports.store.calibrations.save(found, owner)
          }
          answer(.calibrated(owner, outcome))
        } catch { fail(effect, error) }
      }
    } catch { fail(effect, error) }
  }

  private func fail(_ effect: Effect, _ error: any Error) {
    ports.log("\(error)")
    let work: FailedWork =
      switch effect {
      case .recommend: .recommend
      case .fetch(let ids): .fetch(ids)
      case .calibrate: .calibrate
      default: .other
      }
    answer(.failed(work, "\(error)"))
  }
}
