/// Which style each part of the screen has. Themes are files in `Themes/`; `plain` needs none.
package struct Theme: Equatable, Sendable {
  /// The parts that a theme can style, by the names used in theme files.
  package enum Role: String, CaseIterable, Sendable {
    case text, dim, title, accent, border, heading, selection, playing, bar, track, good, warning,
      error, prompt, key
  }

  package var name: String
  package var styles: [Role: Style]
  /// Which characters lines and bars are drawn with.
  package var glyphs: Glyphs

  package init(name: String, styles: [Role: Style], glyphs: Glyphs = .unicode) {
    self.name = name
    self.styles = styles
    self.glyphs = glyphs
  }

  /// The style of a role; the plain one where the theme says nothing.
  package subscript(role: Role) -> Style { styles[role] ?? .plain }

  /// Attributes only, no colour: what `NO_COLOR` asks for.
  package static let plain = Theme(
    name: "plain",
    styles: [
      .title: Style(attributes: .bold), .heading: Style(attributes: .bold),
      .selection: Style(attributes: .reverse), .playing: Style(attributes: .bold),
      .dim: Style(attributes: .dim), .track: Style(attributes: .dim),
      .border: Style(attributes: .dim), .error: Style(attributes: .bold),
      .key: Style(attributes: .bold),
    ])
}
