import CTagLib
import Glibc

/// The process that started this one: a scan on the player's behalf ends when the player does.
package enum ParentProcess {
  /// Has the kernel send this process SIGTERM when the thread that started it ends, and restores
  /// the end by SIGPIPE when nobody reads its output any more. The C function is `prctl`.
  package static func endWithIt() {
    let parent = getppid()
    emus_tag_end_with_parent(SIGTERM)
    // A parent that went before the kernel was asked sends nothing any more.
    if getppid() != parent { raise(SIGTERM) }
    signal(SIGPIPE, SIG_DFL)
  }
}
