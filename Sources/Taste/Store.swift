import Music
import Perception

/// The port to what listeners made: feedback, profiles, face templates. `live` is in `StoreSQLite`.
package struct Store: Sendable {
  /// Appends one event; returns its number only after the commit.
  package var record: @Sendable (Feedback) async throws -> Int64
  /// The log of one listener after event number `after`, oldest first, with the numbers.
  package var log: @Sendable (ListenerID, _ after: Int64) async throws -> [RecordedFeedback]
  /// Everybody known; the default listener first.
  package var listeners: @Sendable () async throws -> [Listener]
  /// Registered faces that `recogniser` made.
  package var gallery: @Sendable (_ recogniser: String) async throws -> [GalleryEntry]
  /// Adds, renames or removes a listener.
  package var change: @Sendable (ListenerChange) async throws -> Listener
  /// Small values that the program remembers: volume, policy, position, listener's choices.
  package var memory: StoreMemory
  /// The listeners' own corrections of the emotion network.
  package var calibrations: StoreCalibrations

  package init(
    record: @escaping @Sendable (Feedback) async throws -> Int64,
    log: @escaping @Sendable (ListenerID, _ after: Int64) async throws -> [RecordedFeedback],
    listeners: @escaping @Sendable () async throws -> [Listener],
    gallery: @escaping @Sendable (_ recogniser: String) async throws -> [GalleryEntry],
    change: @escaping @Sendable (ListenerChange) async throws -> Listener,
    memory: StoreMemory, calibrations: StoreCalibrations = .silent
  ) {
    self.record = record
    self.log = log
    self.listeners = listeners
    self.gallery = gallery
    self.change = change
    self.memory = memory
    self.calibrations = calibrations
  }

  /// Keeps nothing; there is only the default listener.
  package static let silent = Store(
    record: { _ in 0 }, log: { _, _ in [] }, listeners: { [.default] }, gallery: { _ in [] },
    change: { _ in .default }, memory: .silent)
}

/// Named values that survive a restart. Keys are the names of settings and of state: `volume`.
package struct StoreMemory: Sendable {
  package var all: @Sendable () async throws -> [String: String]
  package var set: @Sendable ([String: String]) async throws -> Void

  package init(
    all: @escaping @Sendable () async throws -> [String: String],
    set: @escaping @Sendable ([String: String]) async throws -> Void
  ) {
    self.all = all
    self.set = set
  }

  package static let silent = StoreMemory(all: { [:] }, set: { _ in })

  /// The key of a value that belongs to one listener, and is forgotten with them.
  package static func key(_ name: String, of listener: ListenerID) -> String {
    "listener.\(listener.rawValue).\(name)"
  }
}

/// One row of the log.
package struct RecordedFeedback: Equatable, Sendable {
  /// Rises with every event; never used twice.
  package var number: Int64
  package var feedback: Feedback

  package init(number: Int64, feedback: Feedback) {
    self.number = number
    self.feedback = feedback
  }
}

package enum ListenerChange: Equatable, Sendable {
  /// A new listener; with a template its face is registered. Registering a face for a name that
  /// has none adds it; a name that has one is refused.
  case add(name: String, template: FaceTemplate?)
  case rename(ListenerID, to: String)
  /// Forgets the listener wholly: templates, ratings, history, remembered values. The default listener cannot go,
  /// only lose its face and its calibration.
  case remove(ListenerID)
}
