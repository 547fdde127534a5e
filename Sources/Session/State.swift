import Music
import Perception
import Screen
import Taste

/// Everything that the screen shows and the next event is judged by: one value.
///
/// Never holds the catalogue: lists are windows, the queue holds ids, `known` the tracks on screen.
package struct State: Equatable, Sendable {
  package var size: Size
  package var theme: Theme
  package var themes: [String: Theme]
  package var keymap: Keymap
  package var settings: Settings

  package var section = Section.now
  package var mode = Mode.normal
  package var typedKeys: [Key] = []
  var keyNumber = 0
  package var isHelpShown = false
  package var helpOffset = 0
  package var message: Message?
  package var messageNumber = 0

  /// Seconds since 1970 when the latest event came.
  package var now: Double { clock.seconds }
  var clock = Moment(seconds: 0)
  package var generator: SeededGenerator

  package var listener = Listener.default
  /// Takes over at the next song.
  package var nextListener: Listener?
  package var listeners: [Listener] = [.default]
  package var camera = Camera()
  /// The first frame is on the screen, and the camera is being opened if there is one.
  var hasBegun = false
  /// The listener's correction of the emotion network, where it is this network's.
  package var calibration: EmotionCalibration?
  /// Counts the calibrations that were begun.
  var calibrationNumber = 0
  /// Which emotion network answers; empty where gradient histograms read in its place.
  package var network = ""
  /// Set by hand; outranks the camera until released.
  package var manualMood: Mood?
  package var policy = Policy.match

  package var queue = Queue()
  package var playback = Playback()
  package var known: [TrackID: Track] = [:]
  package var library = LibraryWindow()
  package var smartPlaylists: [SmartPlaylist] = []
  package var playlists = PlaylistsWindow()
  /// The song whose details are shown over the screen.
  package var details: SongDetails?
  package var queueSelection = 0
  /// The entry that is selected, wherever it moves.
  var selectedID: PlayID?
  /// The mood that the recommended entries were chosen for.
  package var choice = Choice()
  package var searchText = ""
  /// The name that the face in front of the camera is being registered under.
  package var enrolling: String?
  /// False where the listener said what to look at: then nobody asks who they are.
  package var asksWhoIsThere = true
  /// Tracks asked for and not yet here.
  package var fetching: Set<TrackID> = []
  package var scan: ScanStatus?
  /// The scan that runs was asked for, and its end is told whatever came of it.
  var isScanAsked = false
  /// Folders that changed while a scan ran.
  var changedFolders: Set<String> = []

  package init(
    size: Size, settings: Settings = Settings(), keymap: Keymap = .defaults,
    themes: [String: Theme] = [:], listener: Listener = .default, seed: UInt64 = 1
  ) {
    self.size = size
    self.settings = settings
    self.keymap = keymap
    self.themes = themes
    self.listener = listener
    theme = .plain
    generator = SeededGenerator(seed: seed)
    dress()
  }

  /// Takes the theme and the characters that the settings name.
  mutating func dress() {
    theme = themes[settings.theme] ?? .plain
    theme.glyphs = settings.glyphs
  }

  /// The mood that counts: by hand, else the camera's.
  package var mood: Mood { manualMood ?? camera.sight.mood }

  /// The track that plays, if it is known.
  package var playingTrack: Track? { queue.current.flatMap { known[$0.track] } }

  /// Seconds that the song lasts: as the player says, else as the catalogue knows, which is all there
  /// is of a song that waits to go on.
  package var playingLength: Double? { playback.duration ?? playingTrack?.tags.duration }

  /// How far the song is, 0...1.
  package var playingShare: Double? {
    guard let length = playingLength, length > 0 else { return nil }
    return min(1, max(0, playback.position / length))
  }

  /// True where what happens may be written down.
  package var isRemembering: Bool { listener.id != .guest }
}

/// What keys mean just now.
package enum Mode: Equatable, Sendable {
  case normal
  case typing(TextEntry)
  /// The field of moods is open; the arrows move the point.
  case mood(valence: Double, arousal: Double)
  /// An unknown face stays: register, look again, or guest.
  case stranger
  /// The camera learns the listener's face.
  case calibrating(CalibrationFlow)
}

/// A line being typed.
package struct TextEntry: Equatable, Sendable {
  package enum Purpose: Equatable, Sendable {
    case command
    case search
    /// The name of a face to register.
    case name
    /// Another name for a playlist; nil names the queue, which is kept under it.
    case playlistName(PlaylistReference?)
    /// The query of the smart playlist of this name.
    case query(of: String)
  }

  package var purpose: Purpose
  package var text: String
  /// Characters before the cursor.
  package var cursor: Int

  package init(purpose: Purpose, text: String = "") {
    self.purpose = purpose
    self.text = text
    cursor = text.count
  }
}

/// One line at the bottom of the screen.
package struct Message: Equatable, Sendable {
  package enum Tone: Equatable, Sendable { case plain, good, warning, error }

  package var number: Int
  package var text: String
  package var tone: Tone
}

/// The camera as the listener needs to know of it.
package struct Camera: Equatable, Sendable {
  package enum Status: Equatable, Sendable {
    case off
    case starting
    case looking(description: String)
    /// It cannot look: why, in one line.
    case trouble(EyeTrouble)
    /// The image or video came to its end.
    case ended
  }

  package var status = Status.off
  package var sight = Sight()
  /// Whether an unknown face still has to be asked who it is.
  var isQuestionOpen = false
  /// Who was recognised last; only a change of it changes who listens.
  var lastPerson: Int64?

  package init() {}

  package var isOn: Bool { status != .off }
}

/// What the sound does.
package struct Playback: Equatable, Sendable {
  /// The entry that the player was told to play.
  package var requested: PlayID?
  /// It has begun.
  package var hasStarted = false
  /// The player was asked to open the output.
  package var isPrepared = false
  /// Nothing plays until the listener says so: after a resume, or with `set autoplay off`.
  package var waitsForSpace = false
  /// The entry that stands ready behind it.
  package var lookAhead: PlayID?
  package var isPaused = false
  /// Seconds.
  package var position: Double = 0
  /// Seconds; nil while unknown.
  package var duration: Double?
  /// 0...100
  package var volume = 70
  package var output: String?
  package var isSilent = false
  /// Why there is no sound at all.
  package var trouble: String?
  /// The latest rating of the playing song by this listener, 1...10.
  package var rating: Int?
  /// The song heard before.
  package var previous: TrackID?
  /// Songs in a row that could not be played.
  package var failures = 0
  /// Where to begin one entry, after a resume.
  var resume: Resume?
  /// Seconds of this song that were heard, jumps left out.
  var heard: Double = 0
  /// When the position was last told, seconds since 1970.
  var movedAt: Double?
  /// The position that was remembered last.
  var keptPosition: Double = 0
  /// The song has ended, and the next has not begun.
  var isFinished = false

  package init() {}

  /// Share of the song that was heard, 0...1.
  package var heardShare: Double? {
    guard let duration, duration > 0 else { return nil }
    return min(1, heard / duration)
  }
}

/// Where one entry goes on.
struct Resume: Equatable, Sendable {
  var id: PlayID
  /// Seconds from the start of the track.
  var seconds: Double
}

/// A time that is no part of what a state is: two states that differ in it alone look the same,
/// and nothing need be drawn.
struct Moment: Equatable, Sendable {
  var seconds: Double

  static func == (left: Moment, right: Moment) -> Bool { true }
}

/// Where the choosing of songs stands.
package struct Choice: Equatable, Sendable {
  /// The mood that the recommended entries were chosen for.
  package var mood: Mood?
  /// A request is under way.
  package var isBusy = false
  /// What shall be asked for as soon as it is answered.
  package var pending: RecommendationRequest.Purpose?
  /// A mood is waited for, or patience, before anything is chosen.
  package var awaitsMood = true
  /// The songs were changed for a mood a moment ago: a new mood waits.
  package var isHeld = false
  /// Nothing was left to recommend.
  package var isExhausted = false

  package init() {}
}

/// A window on the library: the rows around the selection, never all of it.
package struct LibraryWindow: Equatable, Sendable {
  /// What is searched for, as it was typed.
  package var text = ""
  /// Why that cannot be read; `query` and the rows are then those of what could be.
  package var problem: QueryError?
  package var query = CatalogQuery()
  package var total: Int?
  /// More match than `total` says.
  package var isCut = false
  /// Nothing matches as it was asked: the rows match with a slip mended.
  package var isNear = false
  /// The place of the first row held.
  package var offset = 0
  package var rows: [Track] = []
  package var selection = 0

  package init() {}

  package func track(at place: Int) -> Track? {
    rows.indices.contains(place - offset) ? rows[place - offset] : nil
  }

  package var selected: Track? { track(at: selection) }
}

/// A small generator whose every number follows from its seed (SplitMix64, Steele et al. 2014).
package struct SeededGenerator: RandomNumberGenerator, Equatable, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension State {
  /// Shows one line from the start on: what was wrong with the configuration.
  package mutating func announce(_ problem: String) {
    messageNumber += 1
    message = Message(number: messageNumber, text: problem, tone: .warning)
  }
}
