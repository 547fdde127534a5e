import Glibc
import Perception
import VisionOpenCV

/// `emus-eye`, the child of the player that looks: requests come on standard input, glimpses
/// leave on standard output, both framed (see `EyeFraming`). It ends with its parent.
enum EyeProgram {
  static func run(_ arguments: [String]) -> Never {
    EyeWorker.prepare()
    guard let arguments = Arguments(arguments) else {
      let usage = Arguments.usage + "\n"
      _ = write(STDERR_FILENO, usage, usage.utf8.count)
      exit(EX_USAGE)
    }
    // Started without standard error, by a service say: what is written there goes nowhere.
    if fcntl(STDERR_FILENO, F_GETFD) < 0 { _ = open("/dev/null", O_WRONLY) }
    guard let outbox = Outbox() else { exit(EX_IOERR) }
    let inbox = Inbox()
    inbox.read(from: STDIN_FILENO) { error in
      outbox.send(.trouble(EyeTrouble(kind: .eye, message: "the eye cannot follow: \(error)")))
      _exit(EX_PROTOCOL)
    }
    let worker = EyeWorker(eye: Eye(installation: arguments.installation), reply: outbox.send)
    while true {
      while let request = inbox.take() { worker.handle(request) }
      inbox.wait(worker.step())
    }
  }
}

EyeProgram.run(CommandLine.arguments)
