import Screen
import Testing

@testable import Session

@Suite("ThemeFile")
struct ThemeFileTests {
  @Test(
    "a style line gives a part its look",
    arguments: [
      ("style title bold cyan", Theme.Role.title, "cyan bold"),
      ("style title bright-red on 250 dim italic", .title, "bright-red on 250 dim italic"),
      ("style bar #ff8800 on #000001", .bar, "#ff8800 on #000001"),
      ("style text default on default", .text, "default"),
      ("style selection", .selection, "default"),
      ("style key on blue underline reverse", .key, "default on blue underline reverse"),
      ("style title red\nstyle title 7", .title, "white"),
      ("style good 15", .good, "bright-white"),
    ])
  func styles(text: String, role: Theme.Role, look: String) {
    let (theme, errors) = ThemeFile.parse(text, name: "test")
    #expect(errors.isEmpty)
    #expect(theme.name == "test")
    #expect(theme[role].words == look.replacing("default on blue", with: "on blue"))
  }

  @Test(
    "what cannot be read is an error with its place and what was meant",
    arguments: [
      ("style titel bold", 7, "title"), ("style title bould", 13, "bold"),
      ("style title cyam", 13, "cyan"), ("styl title cyan", 1, "style"),
      ("style title 256", 13, "0-255"), ("style title #ff88", 13, "#rrggbb"),
      ("style title #+f8800", 13, "#rrggbb"), ("style", 6, "name of a part"),
      ("style title on", 15, "colour after it"), ("style title red blue", 17, "on"),
      ("style title on on", 16, "neither"),
    ])
  func reportsPlaces(text: String, column: Int, words: String) {
    let (theme, errors) = ThemeFile.parse("style bar red\n" + text, name: "test")
    #expect(errors.map(\.line) == [2])
    #expect(errors.map(\.column) == [column])
    #expect(errors.first?.message.contains(words) == true, "\(errors)")
    #expect(theme[.bar].foreground == .indexed(1))
    #expect(theme[.title] == Theme.plain[.title])
  }

  @Test("each style that a theme can say is read back as it was")
  func roundTrips() {
    var generator = MutationGenerator(seed: 4)
    for _ in 0..<500 {
      let colours: [Color] = [
        .default, .indexed(UInt8.random(in: 0...255, using: &generator)),
        .rgb(UInt32.random(in: 0...0xFF_FFFF, using: &generator)),
      ]
      let style = Style(
        foreground: colours.randomElement(using: &generator) ?? .default,
        background: colours.randomElement(using: &generator) ?? .default,
        attributes: Style.Attributes(rawValue: UInt8.random(in: 0...31, using: &generator)))
      let (theme, errors) = ThemeFile.parse("style accent \(style.words)", name: "x")
      #expect(errors.isEmpty)
      #expect(theme[.accent] == style)
    }
  }

  @Test("mutated themes never trap, and errors point into the text")
  func survivesMutation() {
    let seed = """
      # a theme
      style title bold #ff8800 on 17
      style selection black on bright-cyan
      style error red bold underline
      """
    var generator = MutationGenerator(seed: 3)
    for _ in 0..<20_000 {
      let text = generator.mutated(seed)
      expectPlaces(of: ThemeFile.parse(text, name: "fuzz").errors, in: text)
    }
  }

  @Test(
    "the themes that come with the player have no errors and style what must be seen",
    arguments: ["terminal", "light", "monochrome"])
  func shipsThemes(name: String) throws {
    let root = Snapshot.folder + "../../../Themes/"
    let text = try #require(Snapshot.read(root + name + ".theme"))
    let (theme, errors) = ThemeFile.parse(text, name: name)
    #expect(errors.isEmpty, "\(errors)")
    #expect(theme[.selection] != .plain && theme[.error] != theme[.text])
    #expect(Theme.Role.allCases.allSatisfy { text.contains("style \($0.rawValue)") })
    guard name == "monochrome" else { return }
    for style in theme.styles.values {
      #expect(style.foreground == .default && style.background == .default)
    }
  }
}
