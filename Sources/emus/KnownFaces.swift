import Foundation
import Perception
import Session
import StoreSQLite
import Taste

/// Who is registered in a home, for a command that recognises and changes nothing: it makes no
/// database where there is none.
struct KnownFaces {
  let gallery: [GalleryEntry]
  /// False where the listener wants nobody recognised.
  let asksIdentity: Bool
  private let listeners: [Listener]

  init(_ home: Home, identity: Setting.Identity, fresh: Bool) async throws {
    asksIdentity = identity != .off
    guard asksIdentity, FileManager.default.fileExists(atPath: home.database) else {
      gallery = []
      listeners = []
      return
    }
    let store = Store.live(try OpenDatabase.existingOrNew(home, fresh: fresh))
    gallery = try await store.gallery(FaceTemplate.recogniser)
    listeners = try await store.listeners()
  }

  /// Whose face it is, null where nobody registered is near enough; nil where nobody asks.
  func identity(of candidates: [IdentityCandidate]) -> OnceResult.Identity? {
    guard asksIdentity else { return nil }
    guard let best = candidates.first else {
      return OnceResult.Identity(user: nil, score: 0, threshold: 0)
    }
    let name = best.isMatch ? listeners.first { $0.id.rawValue == best.person }?.name : nil
    return OnceResult.Identity(user: name, score: best.score, threshold: best.threshold)
  }
}
