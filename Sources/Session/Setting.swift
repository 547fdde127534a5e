import Music
import Perception
import Screen

/// One thing that a listener can set, by the configuration or by `set`.
package enum Setting: Equatable, Sendable {
  case identity(Identity)
  case autoplay(Bool)
  case refill(Bool)
  case camera(ImageSource?)
  case theme(String)
  /// Which characters the preview of the face is made of.
  case preview(PreviewFormat.Glyphs)
  /// Which characters lines and bars are made of.
  case glyphs(Glyphs)
  /// The known folders are watched, and what changes in them is read at once.
  case watch(Bool)
  /// What is done about pieces of different loudness.
  case leveling(Leveling)

  /// What a recognised face changes.
  package enum Identity: String, CaseIterable, Sendable {
    /// Nobody is recognised.
    case off
    /// A match opens that listener's profile.
    case profile
    /// Nothing is recommended to a stranger.
    case required
  }

  package static let names = [
    "identity", "autoplay", "refill", "camera", "theme", "preview", "glyphs", "watch", "replaygain",
  ]

  package static func parse(_ arguments: inout CommandArguments) throws(CommandError) -> Setting {
    let name = try arguments.word(among: names)
    switch name {
    case "identity":
      let word = try arguments.word(among: Identity.allCases.map(\.rawValue))
      return .identity(Identity(rawValue: word) ?? .profile)
    case "autoplay": return .autoplay(try arguments.word(among: ["on", "off"]) == "on")
    case "refill": return .refill(try arguments.word(among: ["on", "off"]) == "on")
    case "theme": return .theme(try arguments.text("a theme's name"))
    case "preview":
      return .preview(try arguments.word(among: ["ascii", "blocks"]) == "ascii" ? .ascii : .blocks)
    case "glyphs":
      return .glyphs(
        try arguments.word(among: ["ascii", "unicode"]) == "ascii" ? .ascii : .unicode)
    case "watch": return .watch(try arguments.word(among: ["on", "off"]) == "on")
    case "replaygain":
      let word = try arguments.word(among: Leveling.allCases.map(\.rawValue))
      return .leveling(Leveling(rawValue: word) ?? .track)
    default:
      let word = try arguments.text("a camera's number, a path or off")
      return .camera(word == "off" || word == "none" ? nil : ImageSource(argument: word))
    }
  }
}

/// All settings with the values in force.
package struct Settings: Equatable, Sendable {
  package var identity = Setting.Identity.profile
  /// Plays as soon as there is something to play.
  package var autoplay = true
  /// The recommender keeps the queue filled.
  package var refill = true
  /// Where the face comes from; nil looks nowhere.
  package var source: ImageSource? = .camera(0)
  /// False where no camera was found at the start: then `x` looks for one.
  package var looksAtStart = true
  package var theme = "terminal"
  package var preview = PreviewFormat.Glyphs.ascii
  package var glyphs = Glyphs.unicode
  /// Known folders are watched.
  package var watch = true
  package var leveling = Leveling.track

  package init() {}

  package mutating func apply(_ setting: Setting) {
    switch setting {
    case .identity(let value): identity = value
    case .autoplay(let value): autoplay = value
    case .refill(let value): refill = value
    case .camera(let value): source = value
    case .theme(let value): theme = value
    case .preview(let value): preview = value
    case .glyphs(let value): glyphs = value
    case .watch(let value): watch = value
    case .leveling(let value): leveling = value
    }
  }
}
