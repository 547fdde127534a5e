/// What the muscles of the drawn face do: the few action units of the Facial Action Coding
/// System (Ekman and Friesen 1978) that tell the emotions of the demo apart. 0 is at rest, 1 as
/// strong as on a face that means it; more is caricature, of which anger and grief need some to be
/// told apart on a drawing. Fractions and mixtures are smooth.
struct FaceActions: Equatable, Sendable {
  /// Inner (AU 1) and outer (AU 2) part of the brows up.
  var innerBrowRaise: Float = 0
  var outerBrowRaise: Float = 0
  /// Brows down and together (AU 4).
  var browLower: Float = 0
  /// Upper lids up (AU 5), minus: down.
  var lidRaise: Float = 0
  /// Cheeks and lower lids up (AU 6, 7).
  var cheekRaise: Float = 0
  /// Wings of the nose up (AU 9).
  var noseWrinkle: Float = 0
  /// Corners of the lips up and out (AU 12), down (AU 15).
  var cornerPull: Float = 0
  var cornerDepress: Float = 0
  /// Chin and lower lip pushed up (AU 17).
  var chinRaise: Float = 0
  /// Lips pressed thin (AU 24).
  var lipPress: Float = 0
  /// Lips apart, showing the teeth (AU 25).
  var lipsPart: Float = 0
  /// Jaw down (AU 26).
  var jawDrop: Float = 0
  /// Eyes looking down.
  var gazeDown: Float = 0

  /// The prototypes of Ekman's emotions that the demo shows, as strong as the network needs them to
  /// tell them apart on a drawing; disgust and fear, which are not shown, are at rest.
  init(of emotion: Emotion) {
    switch emotion {
    case .happy:
      cheekRaise = 0.9
      cornerPull = 1
      lipsPart = 0.85
    case .sad:
      innerBrowRaise = 1.15
      browLower = 0.2
      lidRaise = -0.65
      cheekRaise = 0.3
      cornerDepress = 0.3
      chinRaise = 0.45
      gazeDown = 0.35
    case .surprise:
      innerBrowRaise = 1
      outerBrowRaise = 1
      lidRaise = 1
      jawDrop = 1
    case .angry:
      browLower = 1.6
      cheekRaise = 0.9
      noseWrinkle = 0.3
      cornerDepress = 1.45
      chinRaise = 1.2
      lipsPart = 0.15
      jawDrop = 0.7
    case .neutral:
      // At rest the drawing looks a little startled and sullen; this makes it calm.
      innerBrowRaise = -0.2
      lidRaise = -0.2
      cornerPull = 0.12
      lipPress = 0.1
    case .disgust, .fear: break
    }
  }

  /// `self` where `share` is 0, `other` where it is 1.
  func mixed(with other: Self, share: Float) -> Self {
    var mixture = self
    for part in Self.parts {
      mixture[keyPath: part] += share * (other[keyPath: part] - self[keyPath: part])
    }
    return mixture
  }

  private static let parts: [WritableKeyPath<Self, Float> & Sendable] = [
    \.innerBrowRaise, \.outerBrowRaise, \.browLower, \.lidRaise, \.cheekRaise, \.noseWrinkle,
    \.cornerPull, \.cornerDepress, \.chinRaise, \.lipPress, \.lipsPart, \.jawDrop, \.gazeDown,
  ]
}
