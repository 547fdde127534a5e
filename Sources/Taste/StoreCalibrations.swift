import Perception

/// The part of `Store` that keeps each listener's correction of the emotion network, and the one
/// before it, to go back to. Nothing of a guest is kept.
package struct StoreCalibrations: Sendable {
  /// The correction in force; nil where there is none. Whose network it is, the caller looks at.
  /// Throws `DamagedCalibration` for one that can no longer be read.
  package var current: @Sendable (CalibrationOwner) async throws -> EmotionCalibration?
  /// Puts a new one in force; the one before it is kept, the one before that is not. In place of a
  /// damaged one it leaves the one before that to go back to.
  package var save: @Sendable (EmotionCalibration, CalibrationOwner) async throws -> Void
  /// Drops the one in force and goes back to the one before, or to none; false where there was
  /// nothing to drop.
  package var undo: @Sendable (CalibrationOwner) async throws -> Bool

  package init(
    current: @escaping @Sendable (CalibrationOwner) async throws -> EmotionCalibration?,
    save: @escaping @Sendable (EmotionCalibration, CalibrationOwner) async throws -> Void,
    undo: @escaping @Sendable (CalibrationOwner) async throws -> Bool
  ) {
    self.current = current
    self.save = save
    self.undo = undo
  }

  package static let silent = StoreCalibrations(
    current: { _ in nil }, save: { _, _ in }, undo: { _ in false })
}

/// A correction that is stored and can no longer be one. It stays where it is until its listener
/// makes a new one or goes back to the one before; meanwhile nothing is corrected.
package struct DamagedCalibration: Error, Equatable, CustomStringConvertible {
  package var listener: String

  package init(listener: String) { self.listener = listener }

  package var description: String {
    "\(listener)'s calibration is damaged and left out: emus calibrate makes a new one, "
      + "emus calibrate --undo goes back to the one before"
  }
}

/// Whose face a correction was learnt from: a listener's own, or the drawn one that the listener
/// tried it on, which is nobody's and must not be mixed up with it.
package struct CalibrationOwner: Hashable, Sendable {
  package var listener: ListenerID
  package var isDemo: Bool

  package init(_ listener: ListenerID, isDemo: Bool = false) {
    self.listener = listener
    self.isDemo = isDemo
  }

  /// Who is expected in front of the camera; nil for the drawn face, which is nobody's.
  package var expected: ListenerID? { isDemo ? nil : listener }
}
