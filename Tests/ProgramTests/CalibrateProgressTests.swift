import Foundation
import Testing

@Suite("The progress of emus calibrate")
struct CalibrateProgressTests {
  @Test("on a terminal a bar rises while it looks, says what to do, and leaves a clean line")
  func progress() throws {
    let program = try Program()
    let (erase, invitation) = ("\r\u{1B}[K", "look at the screen as you do when reading")
    let drawn = try onTerminal(program, "calibrate --source demo").components(separatedBy: erase)
    #expect(drawn.first == "")
    let result = drawn.last ?? ""
    #expect(result.hasPrefix("the drawn face is") || result.hasPrefix("Nothing"), "\(result)")
    let bars = drawn.dropFirst().dropLast()
    #expect(bars.allSatisfy { $0.hasSuffix(" " + invitation) }, "\(bars)")
    let shares = bars.map { bar in bar.count { $0 == "━" } }
    #expect(bars.allSatisfy { bar in bar.count { $0 == "━" || $0 == "─" } == 30 })
    #expect(Set(shares).count > 1 && shares == shares.sorted(), "\(shares)")
  }

  @Test("of pictures a bar tells the expression, and where no terminal is nothing is drawn")
  func pictureProgress() throws {
    let program = try Program()
    let rest = try program.drawnFaces("rest", from: 1)
    let drawn = try onTerminal(program, "calibrate --source \(rest)")
    #expect(drawn.contains("─ comparing 8 pictures"), "\(drawn)")
    #expect(drawn.contains("─ reading neutral pictures"), "\(drawn)")
    let plain = try program.emus("calibrate", "--source", rest)
    #expect(!plain.errors.contains("\u{1B}") && !plain.output.contains("\u{1B}"))
  }

  @Test("the progress keeps to one line of a narrow terminal", arguments: [12, 40, 60])
  func narrow(columns: Int) throws {
    let program = try Program()
    let output = try onTerminal(program, "calibrate --source demo", columns: columns)
    let shown = output.components(separatedBy: "\r\u{1B}[K").dropFirst().dropLast()
    #expect(shown.contains { $0.contains("look at") }, "\(output)")
    #expect(shown.allSatisfy { $0.count < columns }, "\(shown)")
  }

  /// What a command writes where its input, output and errors are a terminal.
  private func onTerminal(
    _ program: Program, _ arguments: String, columns: Int = 80
  ) throws -> String {
    let emus = Program.binaries.appendingPathComponent("emus").path
    let line = "stty cols \(columns); '\(emus)' \(arguments) --home '\(program.home.path)'"
    let result = try program.run("/usr/bin/script", ["-qec", line, "/dev/null"])
    #expect(result.status == 0, "\(result.output)")
    return result.output
  }
}
