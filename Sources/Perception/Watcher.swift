/// The port through which the player looks at its listener.
///
/// `live` is in `WatcherProcess`: it starts `emus-eye`, restarts it with back-off when it dies,
/// and says so as a `.trouble`. The player never touches a camera itself.
package struct Watcher: Sendable {
  /// Sends a request; starts the eye if it does not run. Never blocks.
  package var send: @Sendable (EyeRequest) -> Void
  /// Everything the eye says but previews; glimpses are dropped, oldest first, when nobody reads.
  package var replies: @Sendable () -> AsyncStream<EyeReply>
  /// Previews on a way of their own, newest only.
  package var previews: @Sendable () -> AsyncStream<Preview>
  /// Ends the eye and waits until it is gone.
  package var stop: @Sendable () async -> Void

  package init(
    send: @escaping @Sendable (EyeRequest) -> Void,
    replies: @escaping @Sendable () -> AsyncStream<EyeReply>,
    previews: @escaping @Sendable () -> AsyncStream<Preview>,
    stop: @escaping @Sendable () async -> Void
  ) {
    self.send = send
    self.replies = replies
    self.previews = previews
    self.stop = stop
  }

  /// Sees nothing.
  package static let silent = Watcher(
    send: { _ in }, replies: { AsyncStream { $0.finish() } },
    previews: { AsyncStream { $0.finish() } }, stop: {})
}
