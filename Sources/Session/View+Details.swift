import Music
import Screen

/// All that is known of one song, a field a line; what a file does not say is left out.
struct DetailsView {
  let state: State
  let details: SongDetails

  private static let labelWidth = 15

  func draw(on canvas: inout Canvas, in rect: Rect) {
    Box(title: details.track.displayTitle, note: "j k scroll, Esc closes", isFocused: true)
      .draw(on: &canvas, in: rect, theme: state.theme)
    let inner = Box.inner(of: rect)
    let rows = rows(width: inner.width)
    let offset = max(0, min(details.offset, rows.count - inner.height))
    let visible = rows[offset..<min(rows.count, offset + inner.height)]
    Rows(
      items: Array(visible), selected: nil, offset: offset, first: offset, total: rows.count
    ).draw(on: &canvas, in: inner, theme: state.theme)
  }

  /// The furthest that the lines can be scrolled on this screen.
  var lastOffset: Int {
    guard let layout = Layout(state.size) else { return 0 }
    let inner = Box.inner(of: layout.body)
    return max(0, rows(width: inner.width).count - inner.height)
  }

  private func rows(width: Int) -> [RowText] {
    let theme = state.theme
    // A blank on either side, and the thumb.
    let room = max(8, width - Self.labelWidth - 3)
    return SongFields(state: state, details: details).all.flatMap { label, value in
      Paragraph.lines(of: value, width: room).enumerated().map { line, text in
        RowText(left: [
          RowPart(line == 0 ? " \(label)" : "", style: theme[.dim], width: Self.labelWidth + 1),
          RowPart(text, style: theme[.text]),
        ])
      }
    }
  }
}

/// The fields of a song in words.
struct SongFields {
  let state: State
  let details: SongDetails

  var all: [(label: String, value: String)] {
    (song + listening + feeling + file).compactMap { label, value in
      value.map { (label, $0) }
    }
  }

  private var tags: Tags { details.track.tags }
  private var more: TagDetails { details.track.tags.details }
  private typealias Fields = [(String, String?)]

  private var song: Fields {
    [
      ("title", tags.title), ("artist", artists), ("album", tags.album),
      ("album artist", tags.albumArtist), ("compilation", more.isCompilation ? "yes" : nil),
      ("track", number(tags.track, disc: tags.disc)), ("year", tags.year.map { "\($0)" }),
      ("first released", more.originalDate),
      (
        "genre",
        more.genres.isEmpty ? tags.genre : more.genres.joined(separator: ", ")
      ),
      ("length", tags.duration.map(ClockText.text)), ("tempo", bpm),
    ]
  }

  private var artists: String? {
    more.artists.isEmpty
      ? tags.artist : more.artists.joined(separator: ", ")
  }

  private func number(_ track: Int?, disc: Int?) -> String? {
    guard let disc else { return track.map { "\($0)" } }
    return track.map { "\($0), disc \(disc)" } ?? "disc \(disc)"
  }

  private var bpm: String? {
    guard let value = tags.bpm ?? details.history?.details?.bpm, value < 10_000 else { return nil }
    return "\(Int(value.rounded())) beats a minute"
  }

  private var listening: Fields {
    guard let history = details.history else { return [("rating", "…")] }
    let own = history.rating.map { "\($0)" }
    let given = (history.details?.rating ?? tags.rating).map { "\($0), not by you" }
    return [
      ("rating", own ?? given ?? "none yet"), ("heard", heard(history)),
      ("added", history.added.map(ago) ?? "before this was written down"),
    ]
  }

  private func heard(_ history: TrackRecord) -> String {
    guard history.plays > 0 else { return "never to its end" }
    let last = history.lastPlayed.map { ", last \(ago($0))" } ?? ""
    return (history.plays == 1 ? "once" : "\(history.plays) times") + last
  }

  private func ago(_ time: Double) -> String { AgoText.text(state.now - time) }

  private var feeling: Fields {
    let imported = details.history?.details
    let joined = imported?.joined(to: tags) ?? tags
    let guess = TrackMood.estimate(moodTag: joined.mood, genre: joined.genre, bpm: joined.bpm)
    let mood = imported?.mood(over: guess) ?? guess
    guard mood.certainty > 0 else { return [("mood", joined.mood), ("feels", "unknown")] }
    return [
      ("mood", joined.mood),
      (
        "feels",
        "valence \(Percent.signed(Double(mood.valence))), energy \(Percent.signed(Double(mood.arousal))), "
          + "certainty \(Percent.fraction(Double(mood.certainty)))"
      ),
      ("said by", imported?.source),
    ]
  }

  private var file: Fields {
    let path = details.track.location.path
    let gain = more.gain
    return [
      ("loudness", Self.gain("track", gain.track, gain.trackPeak)),
      ("", Self.gain("album", gain.album, gain.albumPeak)),
      ("carries", carried), ("format", Self.format(path)), ("part", part),
      ("file", PathText.escaped(path)), ("recording", more.recordingID),
      ("release", more.releaseID),
      ("artist ids", more.artistIDs.isEmpty ? nil : more.artistIDs.joined(separator: " ")),
    ]
  }

  private static func gain(_ name: String, _ gain: Double?, _ peak: Double?) -> String? {
    guard let gain else { return nil }
    let text = "\(name) \(Percent.signed(gain)) dB"
    return peak.map { "\(text), peak \(Percent.fraction($0))" } ?? text
  }

  private var carried: String? {
    let parts = [more.hasCover ? "a cover" : nil, more.hasLyrics ? "lyrics" : nil].compactMap(
      \.self)
    return parts.isEmpty ? "no cover, no lyrics" : parts.joined(separator: " and ")
  }

  /// By the name's ending, as nothing else is kept of it.
  private static func format(_ path: [UInt8]) -> String? {
    guard let dot = path.lastIndex(of: UInt8(ascii: ".")), path.count - dot <= 6 else { return nil }
    return Tags.clean(String(decoding: path[(dot + 1)...], as: UTF8.self).uppercased())
  }

  private var part: String? {
    let location = details.track.location
    guard location.start != nil || location.end != nil else { return nil }
    let end = location.end.map(ClockText.text) ?? "its end"
    return "of a longer file, \(ClockText.text(location.start ?? 0)) to \(end)"
  }
}

/// How long ago something was, in words.
enum AgoText {
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e11 else { return "long ago" }
    let steps: [(length: Double, name: String)] = [
      (31_557_600, "year"), (2_629_800, "month"), (86_400, "day"), (3600, "hour"), (60, "minute"),
    ]
    for step in steps where seconds >= step.length {
      return counted(Int(seconds / step.length), step.name) + " ago"
    }
    return "just now"
  }
}
