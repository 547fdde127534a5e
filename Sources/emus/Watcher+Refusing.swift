import Perception

extension Watcher {
  /// Sees nothing and says why whenever it is to look: where the installation is not whole.
  static func refusing(_ trouble: EyeTrouble, log: @escaping @Sendable (String) -> Void) -> Watcher
  {
    let (replies, speaker) = AsyncStream.makeStream(of: EyeReply.self)
    return Watcher(
      send: { request in
        switch request {
        case .open, .once, .enrol, .look, .classify, .learn, .train:
          log("eye: \(trouble.message)")
          speaker.yield(.trouble(trouble))
        case .preview, .gallery, .close: break
        }
      },
      replies: { replies }, previews: { AsyncStream { $0.finish() } },
      stop: { speaker.finish() })
  }
}
