import CMpv
import Glibc

/// What the thread that owns libmpv waits on. mpv rings it when it has events, and any thread that
/// has put a command into the inbox; so nobody but the owner ever touches the instance.
///
/// A ring while nobody waits ends the next wait. It carries nothing: whoever is woken looks.
final class Bell: Sendable {
  /// Open as long as this lives.
  let descriptor: Int32

  init() throws(Mpv.Failure) {
    descriptor = emus_bell_open()
    guard descriptor >= 0 else {
      throw Mpv.Failure(message: "no sound: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  func ring() { emus_bell_ring(descriptor) }

  func wait() { emus_bell_wait(descriptor) }
}
