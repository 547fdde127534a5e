import Music

extension Player {
  /// Sound through libmpv. Nothing is loaded before the first `prepare` or `play`.
  ///
  /// `play` also ends a pause. `events` is for one reader. After `stop` nothing is taken any more.
  package static func live(options: PlaybackOptions = PlaybackOptions()) -> Player {
    let player = MpvPlayer(options: options)
    return Player(
      send: { player.send($0) }, events: { player.events }, stop: { await player.stop() })
  }
}
