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
    let store = try OpenDatabase.existing(home, fresh: fresh).map(Store.live)
    try await self.init(store, identity: identity)
  }

  init(_ store: Store?, identity: Setting.Identity) async throws {
    asksIdentity = identity != .off
    gallery = asksIdentity ? try await store?.gallery(FaceTemplate.currentRecogniser) ?? [] : []
    listeners = asksIdentity ? try await store?.listeners() ?? [] : []
  }

  /// Whose face it is; nobody's where no registered one is near enough, and where nobody asks.
  func identity(of candidates: [IdentityCandidate]) -> OnceResult.Identity {
    guard let best = candidates.first else { return .nobody }
    let name = best.isMatch ? name(of: best.person) : nil
    return OnceResult.Identity(user: name, score: best.score, threshold: best.threshold)
  }

  /// Somebody else than a listener who is recognised in a face: the name.
  func somebodyElse(than listener: ListenerID, among candidates: [IdentityCandidate]) -> String? {
    guard let best = match(among: candidates), best.person != listener.rawValue else { return nil }
    return name(of: best.person) ?? "somebody else"
  }

  /// The registered person who is recognised; nil where none is.
  func match(among candidates: [IdentityCandidate]) -> IdentityCandidate? {
    let people = Set(gallery.map(\.person))
    return candidates.first { people.contains($0.person) }.flatMap { $0.isMatch ? $0 : nil }
  }

  func name(of person: Int64) -> String? {
    listeners.first { $0.id.rawValue == person }?.name
  }
}
