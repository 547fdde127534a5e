import CNcurses
import Glibc
import Screen
import Testing

@testable import TerminalNcurses

@Suite("LiveTerminal", .serialized)
struct LiveTerminalTests {
  @Test("without a terminal, opening is an error of one line, and closing does nothing")
  func refusesFiles() throws {
    // The developer's own terminal must not be taken over by a test.
    let kept = dup(STDIN_FILENO)
    let null = open("/dev/null", O_RDONLY)
    try #require(null >= 0)
    dup2(null, STDIN_FILENO)
    defer {
      if kept >= 0 { dup2(kept, STDIN_FILENO) }
      close(kept)
      close(null)
    }
    let terminal = Terminal.live()
    let error = #expect(throws: TerminalError.self) { try terminal.open() }
    #expect(error == .noTerminal(name: "standard input"))
    terminal.draw(Canvas(size: Size(columns: 3, rows: 1)))
    terminal.forget()
    terminal.close()
    terminal.close()
  }

  @Test("errors are one line and say what to do")
  func describesErrors() {
    let errors: [TerminalError] = [
      .noTerminal(name: "standard output"), .unknownType(name: ""), .unknownType(name: "nope"),
      .noCursorAddress(name: "dumb"), .failed("pipe2", code: EMFILE), .alreadyOpened,
    ]
    for error in errors {
      #expect(!"\(error)".contains("\n") && "\(error)".count > 20)
    }
    #expect("\(TerminalError.failed("pipe2", code: EMFILE))".contains("Too many open files"))
  }

  @Test("the newest canvas posted takes the place of those before")
  func keepsNewest() {
    let terminal = LiveTerminal()
    for columns in 1...3 {
      terminal.post(canvas: Canvas(size: Size(columns: columns, rows: 1)))
    }
    terminal.post(forgets: true)
    let posted = terminal.takePosted()
    #expect(posted.canvas?.size.columns == 3)
    #expect(posted.forgets)
    #expect(terminal.takePosted().canvas == nil)
  }
}

@Suite("StandardError", .serialized)
struct StandardErrorTests {
  @Test("what C code prints to standard error lands in the file")
  func redirects() throws {
    var template = Array("/tmp/emus-stderr-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    try #require(file >= 0)
    let path = String(
      decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let kept = dup(STDERR_FILENO)
    defer {
      dup2(kept, STDERR_FILENO)
      close(kept)
      close(file)
      unlink(path)
    }
    try StandardError.redirect(to: path)
    perror("noise")
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = read(file, &buffer, buffer.count)
    #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).contains("noise"))
  }

  @Test("a file that cannot be made is named")
  func namesFile() {
    let error = #expect(throws: TerminalError.self) {
      try StandardError.redirect(to: "/no/such/folder/log")
    }
    #expect(error.map { "\($0)".contains("/no/such/folder/log: No such file") } == true)
  }
}
