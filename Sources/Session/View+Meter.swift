import Perception
import Screen

/// The pane with the mood in words, the seven emotions and the two axes.
struct MeterView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    Box(title: "mood", note: source).draw(on: &canvas, in: rect, theme: theme)
    let sides = Box.inner(of: rect)
    var rest = Rect(x: sides.x + 1, y: sides.y, width: sides.width - 2, height: sides.height)
    func line() -> Rect {
      let (top, below) = rest.splitTop(1)
      rest = below
      return top
    }
    let words = MoodSentence(state: state)
    RowText(
      left: [
        RowPart(words.text(in: rest.width), style: theme[.title]),
        RowPart(words.certainty, style: theme[.dim]),
      ]
    ).draw(on: &canvas, in: line(), theme: theme)
    for emotion in Emotion.allCases { drawMeter(emotion, on: &canvas, in: line()) }
    if rest.height > 3 {
      RowText(unsure?.advice ?? "", style: theme[.warning])
        .draw(on: &canvas, in: line(), theme: theme)
    }
    let numbers = headline.numbers
    drawAxis(
      "valence", state.mood.valence, state.manualMood?.valence ?? numbers.valence, on: &canvas,
      in: line())
    drawAxis(
      "arousal", state.mood.arousal, state.manualMood?.arousal ?? numbers.arousal, on: &canvas,
      in: line())
    let policy = TextWidth.pad("policy", to: 9) + state.policy.words
    RowText(
      left: [RowPart(policy)],
      right: TextWidth.columns(policy) + 2 <= rest.width ? [RowPart("p", style: theme[.key])] : []
    ).draw(on: &canvas, in: line(), theme: theme)
  }

  /// Why the camera cannot tell, where the mood is its own and the sentence does not say it.
  private var unsure: UnsureReason? {
    state.manualMood == nil && state.showsMood && !state.isMoodPast ? headline.unsure : nil
  }

  private var headline: MoodHeadline { state.camera.sight.headline }

  private var source: String {
    switch state.mood.source {
    case .face: state.isMoodPast ? "last seen" : "from your face"
    case .manual: "set by hand"
    case .demo: "demo face"
    case .none: ""
    }
  }

  private func drawMeter(_ emotion: Emotion, on canvas: inout Canvas, in rect: Rect) {
    let reading = state.camera.sight.reading
    let number = headline.numbers.probabilities?[emotion]
    Meter(
      label: emotion.rawValue, value: reading?.probabilities[emotion] ?? 0,
      valueText: number.map(Percent.text) ?? "",
      emphasis: headline.unsure == nil && headline.label == emotion
    ).draw(on: &canvas, in: rect, theme: state.theme)
  }

  private func drawAxis(
    _ name: String, _ value: Double, _ number: Double, on canvas: inout Canvas, in rect: Rect
  ) {
    let isKnown = state.mood.certainty > 0
    Slider(
      value: isKnown ? value : nil, label: name, valueText: isKnown ? Percent.signed(number) : "?"
    ).draw(on: &canvas, in: rect, theme: state.theme)
  }
}

extension State {
  /// There is a mood, and it is not of a first look.
  var showsMood: Bool {
    mood.certainty > 0 && (manualMood != nil || !camera.sight.isFirstLook)
  }

  /// The mood is the last one of a film that has ended.
  var isMoodPast: Bool {
    manualMood == nil && camera.status == .ended && camera.sight.mood.certainty > 0
  }
}

/// The mood as a sentence, and how sure it is.
struct MoodSentence {
  let state: State

  private var headline: MoodHeadline { state.camera.sight.headline }

  var text: String {
    guard state.showsMood else { return nothingYet }
    guard let manual = state.manualMood else { return headline.words }
    return MoodWords.phrase(valence: manual.valence, arousal: manual.arousal)
  }

  /// The sentence in so many columns: how sure it is matters more than a second description.
  ///
  /// "unsure" takes as much room as "fairly sure", lest a description comes with a doubt.
  func text(in columns: Int) -> String {
    let taken = certainty == " (unsure)" ? " (fairly sure)" : certainty
    guard TextWidth.columns(text + taken) > columns, state.showsMood else { return text }
    return MoodWords.shortened(text)
  }

  private var nothingYet: String {
    let sight = state.camera.sight
    if let unsure = sight.unsure, !sight.isFirstLook || unsure != .lowConfidence {
      return unsure.advice
    }
    switch state.camera.status {
    case .off: return "no mood yet: m sets one"
    case .trouble: return "cannot look: m sets a mood"
    case .starting, .looking, .ended:
      return sight.hasFace ? "reading your face" : "looking for your face"
    }
  }

  var certainty: String {
    guard state.showsMood, state.mood.source != .manual else { return "" }
    return state.isMoodPast ? " (last seen)" : " (\(headline.sureness))"
  }

  /// The likeliest emotion with its confidence, or in few words what speaks against it; and whether
  /// the face is the drawn one.
  var brief: String {
    guard state.manualMood == nil, state.showsMood else { return "" }
    let words = state.isMoodPast ? "last seen" : reading
    return state.mood.source == .demo && !words.isEmpty ? "demo: " + words : words
  }

  private var reading: String {
    if headline.sureness == "unsure" { return headline.unsure?.brief ?? "unsure" }
    guard headline.unsure == nil, let label = headline.label,
      let probabilities = headline.numbers.probabilities
    else { return "" }
    return "\(label.rawValue) \(Percent.text(probabilities[label]))"
  }
}

extension UnsureReason {
  /// What is the matter, and what the listener can do about it.
  package var advice: String {
    switch self {
    case .noFace: "no face: look this way"
    case .tooDark: "too dark: turn on a light"
    case .faceTooSmall: "face too small: come closer"
    case .turnedAway: "turned away: face the screen"
    case .twoFaces: "several faces: whose mood?"
    case .lowConfidence: "hard to tell how you feel"
    }
  }
}

extension UnsureReason {
  /// What is the matter, where there is little room.
  var brief: String {
    switch self {
    case .faceTooSmall: "unsure: too small"
    case .lowConfidence: "unsure"
    case .twoFaces: "unsure: 2+ faces"
    case .noFace, .tooDark, .turnedAway: "unsure: \(rawValue)"
    }
  }
}

/// Numbers as people read them.
enum Percent {
  /// `46 %`
  static func text(_ value: Double) -> String {
    value.isFinite ? "\(Int((value * 100).rounded())) %" : "? %"
  }

  /// `+0.31`
  static func signed(_ value: Double) -> String {
    (value < -0.004 ? "-" : value > 0.004 ? "+" : " ") + fraction(value.magnitude)
  }

  /// `0.94`
  static func fraction(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1000 else { return "?" }
    return decimal(value, digits: 2)
  }

  /// `8.4`
  static func score(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1000 else { return "?" }
    return decimal(value, digits: 1)
  }

  private static func decimal(_ value: Double, digits: Int) -> String {
    let scale = digits == 1 ? 10 : 100
    let number = Int((value.magnitude * Double(scale)).rounded())
    let tail = String(number % scale)
    let zeros = String(repeating: "0", count: max(0, digits - tail.count))
    return "\(value < 0 && number > 0 ? "-" : "")\(number / scale).\(zeros)\(tail)"
  }
}
