import GRDB

/// The tables, as named steps that are only ever added to: a released step is never changed.
///
/// All tables are STRICT, so that a column holds what its declaration says.
enum Schema {
  /// Every table that the program reads; the list is checked at each opening.
  static let tables: Set<String> = [
    "album", "artist", "calibration", "detail", "face", "feedback", "folder", "found_playlist",
    "list_order", "listener", "memory", "revision", "smart_playlist", "step", "track", "word",
  ]

  /// The full-text index, which is no table to be declared STRICT.
  static let searchIndex = "search"

  /// What a step makes, and how that is filled from the rows that are there.
  struct Step {
    var name: String
    var sql: String
    var fill: (@Sendable (Database) throws -> Void)?

    fileprivate init(
      _ name: String, _ sql: String, fill: (@Sendable (Database) throws -> Void)? = nil
    ) {
      self.name = name
      self.sql = sql
      self.fill = fill
    }
  }

  /// Every step, oldest first.
  static let steps = [
    Step("1 music", music), Step("2 listeners", listeners), Step("3 memory", memory),
    Step("4 calibration", calibration), Step("5 search", search),
    Step("6 smart playlists", smartPlaylists),
    Step("7 details", details),
    Step("8 files", files),
    Step("9 found playlists", foundPlaylists),
    Step("10 list order", listOrder),
    // What the steps 5 and 10 made is filled here, once for all of them.
    Step("11 found details", foundDetails) { db in
      try SearchRows.refill(db)
      try ListColumns.renew(db)
      try SmartPlaylistRows.rekey(db)
    },
    Step("12 playlists anew", playlistsAnew),
    Step("13 later merges", laterMerges),
  ]

  /// Refuses what is not ours or newer than this program, before anything is written; marks a new
  /// file as ours.
  static func admit(_ db: Database, path: String) throws {
    try claim(db, path: path)
    // One snapshot: another process may be making the tables at this moment.
    try db.inTransaction(.deferred) {
      let taken = try takenSteps(db)
      if !taken.isSubset(of: steps.map(\.name)) { throw DatabaseFault.newer(path: path) }
      if taken.isEmpty, try !names(db).isEmpty { throw DatabaseFault.foreign(path: path) }
      return .commit
    }
  }

  /// Writes into a new file whose it is, before anything else: SQLite's header carries the mark.
  ///
  /// Not in WAL mode yet, hence the mark is in the file itself even if a kill follows.
  static func claim(_ db: Database, path: String) throws {
    let ours = DatabaseHeader.applicationID
    if try Int32.fetchOne(db, sql: "PRAGMA application_id") == ours { return }
    try db.inTransaction(.immediate) {
      let mark = try Int32.fetchOne(db, sql: "PRAGMA application_id")
      guard try mark == ours || (mark == 0 && names(db).isEmpty) else {
        throw DatabaseFault.foreign(path: path)
      }
      try db.execute(sql: "PRAGMA application_id = \(ours)")
      return .commit
    }
  }

  /// Takes the steps that are missing, and checks that every table is there.
  static func bringUpToDate(_ db: Database, path: String) throws {
    if try takenSteps(db).count < steps.count { try take(steps.count, db) }
    if try !names(db).isSuperset(of: tables.union([searchIndex])) {
      throw DatabaseFault.corrupt(path: path)
    }
  }

  /// Takes the first `count` steps as far as they are missing; fewer than all only to make an old
  /// file for a test.
  ///
  /// All in one transaction, which looks again at what is missing: of two processes that begin
  /// one file the second finds the work done, and a kill leaves the old version whole.
  static func take(_ count: Int, _ db: Database) throws {
    try db.inTransaction(.immediate) {
      try db.execute(
        sql: "CREATE TABLE IF NOT EXISTS step (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
      let taken = try takenSteps(db)
      for step in steps.prefix(count) where !taken.contains(step.name) {
        try db.execute(sql: step.sql)
        try step.fill?(db)
        try db.execute(sql: "INSERT INTO step (name) VALUES (?)", arguments: [step.name])
      }
      return .commit
    }
  }

  static func takenSteps(_ db: Database) throws -> Set<String> {
    guard try names(db).contains("step") else { return [] }
    return try String.fetchSet(db, sql: "SELECT name FROM step")
  }

  private static func names(_ db: Database) throws -> Set<String> {
    try String.fetchSet(
      db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
  }
}

extension Schema {
  /// Sort keys and `words` are folded by `Folding`. `begins` and `ends` are seconds, and NULL
  /// where the track is the whole file. Rows are never deleted: ratings and history hang on them.
  ///
  /// `track_shown` is in the order of the lists and holds all that a search looks at, so that
  /// neither touches the table for rows that are not on the screen; `track_count` is the small one
  /// that totals are counted in.
  private static let music = """
    CREATE TABLE artist (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE album (
      id INTEGER PRIMARY KEY,
      artist TEXT NOT NULL,
      title TEXT NOT NULL,
      UNIQUE (title, artist)
    ) STRICT;

    CREATE TABLE track (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      path BLOB NOT NULL,
      begins REAL,
      ends REAL,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
      is_missing INTEGER NOT NULL DEFAULT 0 CHECK (is_missing IN (0, 1)),
      title TEXT,
      artist TEXT,
      album TEXT,
      album_artist TEXT,
      genre TEXT,
      year INTEGER,
      number INTEGER,
      disc INTEGER,
      duration REAL,
      mood TEXT,
      bpm REAL,
      rating INTEGER,
      artist_id INTEGER REFERENCES artist (id),
      album_id INTEGER REFERENCES album (id),
      artist_key TEXT NOT NULL,
      album_key TEXT NOT NULL,
      title_key TEXT NOT NULL,
      words TEXT NOT NULL
    ) STRICT;

    CREATE UNIQUE INDEX track_location ON track (path, ifnull(begins, -1), ifnull(ends, -1));

    CREATE INDEX track_shown ON track (
      is_demo, is_missing, artist_key, album_key, disc, number, title_key,
      words
    );

    CREATE INDEX track_count ON track (is_demo, is_missing);

    CREATE TABLE folder (
      path BLOB PRIMARY KEY,
      is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
      was_walked INTEGER NOT NULL CHECK (was_walked IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    """

  /// AUTOINCREMENT: a number is never given twice, not even after a listener was forgotten.
  private static let listeners = """
    CREATE TABLE listener (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    INSERT INTO listener (id, name) VALUES (1, 'default');

    CREATE TABLE face (
      listener INTEGER NOT NULL REFERENCES listener (id) ON DELETE CASCADE,
      recogniser TEXT NOT NULL,
      template BLOB NOT NULL,
      PRIMARY KEY (listener, recogniser)
    ) STRICT;

    CREATE TABLE feedback (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      listener INTEGER NOT NULL REFERENCES listener (id) ON DELETE CASCADE,
      track INTEGER NOT NULL REFERENCES track (id),
      time REAL NOT NULL,
      kind TEXT NOT NULL
        CHECK (kind IN ('rating', 'skip', 'completed', 'replay', 'removed', 'chosen')),
      fraction REAL CHECK (fraction BETWEEN 0 AND 1),
      value INTEGER CHECK (value BETWEEN 1 AND 10),
      valence REAL NOT NULL,
      arousal REAL NOT NULL,
      certainty REAL NOT NULL,
      mood_source TEXT NOT NULL CHECK (mood_source IN ('face', 'manual', 'demo', 'none')),
      policy TEXT NOT NULL CHECK (policy IN ('match', 'lift', 'calm', 'energise')),
      chooser TEXT NOT NULL CHECK (chooser IN ('listener', 'recommender')),
      score REAL,
      previous INTEGER REFERENCES track (id),
      CHECK ((kind = 'rating') = (value IS NOT NULL)),
      CHECK ((chooser = 'recommender') = (score IS NOT NULL))
    ) STRICT;

    CREATE INDEX feedback_listener ON feedback (listener);

    CREATE TRIGGER feedback_is_append_only BEFORE UPDATE ON feedback BEGIN
      SELECT raise(ABORT, 'feedback is append-only');
    END;
    """

  private static let memory = """
    CREATE TABLE memory (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// `bias` is seven and `weights` none or seven times `width` Float32, little endian: numbers of
  /// one network, from which no face can be drawn.
  private static let calibration = """
    CREATE TABLE calibration (
      listener INTEGER NOT NULL REFERENCES listener (id) ON DELETE CASCADE,
      is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
      is_previous INTEGER NOT NULL CHECK (is_previous IN (0, 1)),
      network TEXT NOT NULL,
      width INTEGER NOT NULL CHECK (width BETWEEN 0 AND 4096),
      bias BLOB NOT NULL CHECK (length(bias) = 28),
      weights BLOB NOT NULL CHECK (length(weights) IN (0, 28 * width)),
      PRIMARY KEY (listener, is_demo, is_previous)
    ) STRICT;
    """

  /// `search` holds texts as `SearchText` writes them and no copy of them: its rows are those of
  /// `track`, and `SearchRows` keeps them in step. `word` is what slips are mended by.
  /// `revision` counts the batches of scans, so that who keeps the order of the list knows when it
  /// is out of date. The indexes are for the numbers that a query may name.
  ///
  /// FTS5: https://www.sqlite.org/fts5.html
  private static let search = """
    CREATE VIRTUAL TABLE search USING fts5 (
      title, artist, album, genre, mood, year,
      content = '', columnsize = 0, tokenize = 'trigram case_sensitive 1'
    );

    CREATE TABLE word (
      id INTEGER PRIMARY KEY,
      text TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE revision (number INTEGER NOT NULL) STRICT;

    INSERT INTO revision (number) VALUES (0);

    CREATE INDEX track_year ON track (year);

    CREATE INDEX track_duration ON track (duration);

    CREATE INDEX track_rating ON track (rating) WHERE rating IS NOT NULL;

    CREATE INDEX feedback_kind ON feedback (listener, kind, track, number, value);
    """

  /// `key` is the folded name; `query` is text of the query language.
  private static let smartPlaylists = """
    CREATE TABLE smart_playlist (
      key TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      query TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// A table of its own: a scan writes `track` anew, and what was imported stays.
  private static let details = """
    CREATE TABLE detail (
      track INTEGER PRIMARY KEY REFERENCES track (id),
      source TEXT NOT NULL,
      valence REAL CHECK (valence BETWEEN -1 AND 1),
      arousal REAL CHECK (arousal BETWEEN -1 AND 1),
      mood TEXT,
      genre TEXT,
      bpm REAL CHECK (bpm > 0),
      rating INTEGER CHECK (rating BETWEEN 1 AND 10)
    ) STRICT;
    """

  /// Lists of texts are joined by the unit separator, U+001F, which no clean text holds.
  /// `fingerprint` is NULL until it was made and 0 where none can be made. The stamps are taken
  /// back, so that the next scan reads the details of files that were known before. The indices
  /// tell at once whether something hangs on a track.
  private static let files = """
    ALTER TABLE track ADD COLUMN artists TEXT;
    ALTER TABLE track ADD COLUMN genres TEXT;
    ALTER TABLE track ADD COLUMN is_compilation INTEGER NOT NULL DEFAULT 0
      CHECK (is_compilation IN (0, 1));
    ALTER TABLE track ADD COLUMN original_date TEXT;
    ALTER TABLE track ADD COLUMN track_gain REAL;
    ALTER TABLE track ADD COLUMN track_peak REAL;
    ALTER TABLE track ADD COLUMN album_gain REAL;
    ALTER TABLE track ADD COLUMN album_peak REAL;
    ALTER TABLE track ADD COLUMN recording TEXT;
    ALTER TABLE track ADD COLUMN release TEXT;
    ALTER TABLE track ADD COLUMN artist_ids TEXT;
    ALTER TABLE track ADD COLUMN has_cover INTEGER NOT NULL DEFAULT 0 CHECK (has_cover IN (0, 1));
    ALTER TABLE track ADD COLUMN has_lyrics INTEGER NOT NULL DEFAULT 0
      CHECK (has_lyrics IN (0, 1));
    ALTER TABLE track ADD COLUMN fingerprint INTEGER;

    UPDATE track SET size = -1 WHERE is_demo = 0;

    CREATE INDEX feedback_of_track ON feedback (track);
    CREATE INDEX feedback_after_track ON feedback (previous);
    """

  /// `words` was read by searches before there was an index for them. The numbers that a query may
  /// name come to stand in `track_shown`, which is read once for all searches of a revision, and
  /// need no indexes of their own. `list_order` holds what was read so, one row: numbers one after
  /// another, the lowest byte first, `ids` `years` `durations` of four bytes and `ratings` of one.
  private static let listOrder = """
    DROP INDEX track_shown;
    DROP INDEX track_year;
    DROP INDEX track_duration;
    DROP INDEX track_rating;

    ALTER TABLE track DROP COLUMN words;

    CREATE INDEX track_shown ON track (
      is_demo, is_missing, artist_key, album_key, disc, number, title_key,
      year, duration, rating
    );

    CREATE TABLE list_order (
      revision INTEGER PRIMARY KEY,
      ids BLOB NOT NULL,
      years BLOB NOT NULL,
      durations BLOB NOT NULL,
      ratings BLOB NOT NULL
    ) STRICT;
    """

  /// `added` is when a track was first met, NULL for those that were there before this step.
  /// `list` is XSPF; it is NULL where `problem` says why the file cannot be read.
  private static let foundPlaylists = """
    ALTER TABLE track ADD COLUMN added REAL;

    CREATE INDEX track_added ON track (added);

    CREATE TABLE found_playlist (
      path BLOB PRIMARY KEY,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      list BLOB,
      problem TEXT,
      CHECK ((list IS NULL) = (problem IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    """

  /// Searches come to find what was imported, and `search` holds it: it is filled anew, with the rules
  /// of `Folding` as they are now. The index is of the few tracks that have such a rating.
  private static let foundDetails = """
    CREATE INDEX detail_rating ON detail (rating) WHERE rating IS NOT NULL;
    """

  /// Comments and pieces of files come to be read of found playlists, and garbage to be refused: the
  /// next scan reads each again, and until then they are shown as they are.
  private static let playlistsAnew = "UPDATE found_playlist SET size = -1, modified = 0;"

  /// A first scan merges the parts of the index less often (FTS5 does at four of a size), which is a
  /// twentieth of its time; with 14 parts in place of 11 at 100,000 tracks searches take what they
  /// took, and a single part would not make them quicker.
  ///
  /// https://www.sqlite.org/fts5.html#the_automerge_configuration_option
  private static let laterMerges = "INSERT INTO search (search, rank) VALUES ('automerge', 8);"
}
