import Perception
import StoreSQLite
import Taste

/// With whose eyes `look` and `evaluate faces` read: as the network does, or, where `--user` names
/// somebody, with that listener's own correction. It makes no database where there is none.
struct ListenerReading {
  /// Nil without `--user`.
  let listener: Listener?
  /// The network's answers as they are.
  let plain: MoodSettings
  /// With the correction; the same as `plain` where there is none.
  let own: MoodSettings

  /// Throws 64 for a listener who is not there, and for a classifier that nothing corrects. A
  /// listener without a usable correction is told.
  init(
    _ shared: SharedOptions, _ classifier: ClassifierKind, _ installation: Installation
  ) async throws {
    plain = NetworkCard.moodSettings(installation, classifier, isDemo: false)
    guard let name = shared.user else {
      (listener, own) = (nil, plain)
      return
    }
    guard classifier == .network else {
      throw Failure(
        .usage, "a listener's calibration corrects the network: leave --user or --classifier out")
    }
    let store = try OpenDatabase.existing(try Home(shared.home), fresh: shared.freshDatabase)
      .map(Store.live)
    let listener = try await Self.listener(named: name, in: store)
    self.listener = listener
    var isTold = false
    let owner = CalibrationOwner(listener.id)
    let corrected = await store?.calibrations.corrected(plain, for: owner) {
      isTold = true
      Failure.complain($0)
    }
    own = corrected ?? plain
    guard corrected == nil, !isTold else { return }
    Failure.complain("\(name) has no calibration: faces are read as the network reads them")
  }

  /// How one face of a picture is to be read: one person's correction says nothing of another's.
  func settings(for candidates: [IdentityCandidate]) -> MoodSettings {
    guard let best = candidates.first, best.isMatch else { return own }
    return best.person == listener?.id.rawValue ? own : plain
  }

  private static func listener(named name: String, in store: Store?) async throws -> Listener {
    if let store { return try await store.listener(named: name) }
    for listener in [Listener.default, .guest] where listener.name == name { return listener }
    throw Failure(.usage, "no listener '\(name)': there is \(Listener.default.name) alone")
  }
}

extension StoreCalibrations {
  /// Settings with the correction of an owner in them; nil where none is stored that this network
  /// can use. What keeps a stored one from being used is told to `complain`.
  func corrected(
    _ settings: MoodSettings, for owner: CalibrationOwner, complain: (String) -> Void
  ) async -> MoodSettings? {
    do {
      guard let found = try await current(owner) else { return nil }
      guard found.network == settings.network else {
        complain(
          "the calibration was made with another emotion network: emus calibrate makes a new one")
        return nil
      }
      var corrected = settings
      corrected.calibration = found
      return corrected
    } catch {
      complain("\(error)")
      return nil
    }
  }
}
