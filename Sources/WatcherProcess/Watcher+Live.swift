import Perception

extension Watcher {
  /// Looks through the program `executable`, a path to `emus-eye`, in a process of its own.
  ///
  /// The eye is started by the first request for something to be looked at or learnt. One that
  /// dies, hangs or speaks nonsense is told as `.trouble(.eye)`, killed and started again with
  /// back-off while a live source is open; an absent camera is tried again likewise. An executable
  /// that cannot be run is `.trouble(.installation)`. What the eye said before anyone listened is
  /// kept: up to 256 replies, of which glimpses go first; the latest preview. Every trouble goes to
  /// `log` too.
  package static func live(
    executable: String, arguments: [String] = [], patience: WatcherPatience = WatcherPatience(),
    log: @escaping @Sendable (String) -> Void
  ) -> Watcher {
    let replies = Mailbox<EyeReply>(limit: 256) { reply in
      if case .glimpse = reply { true } else { false }
    }
    let previews = Mailbox<Preview>(limit: 1) { _ in true }
    let thread = EyeThread {
      EyeLoop(
        executable: executable, arguments: arguments, patience: patience, replies: replies,
        previews: previews, log: log)
    } atEnd: {
      replies.finish()
      previews.finish()
    }
    return Watcher(
      send: { request in
        do throws(EyeProcess.StartError) {
          try thread.send(request)
        } catch {
          let message = "the eye cannot be asked (\(error)): close other programs"
          replies.deposit(.trouble(EyeTrouble(kind: .eye, message: message)))
        }
      },
      replies: { replies.stream() }, previews: { previews.stream() },
      stop: { await thread.stop() })
  }
}
