/// What libmpv says, copied out of its memory: values only, good on any thread.
enum MpvEvent: Equatable, Sendable {
  enum EndReason: Equatable, Sendable {
    case endOfFile
    /// Another file took its place, or all was stopped.
    case stopped
    /// In mpv's words.
    case error(String)
    /// The file turned out to be a list of other files.
    case redirected
  }

  /// Nothing more is waiting.
  case none
  /// The playlist's entry of that number is being opened.
  case opening(Int64)
  /// What was being opened plays now.
  case loaded
  case ended(Int64, EndReason)
  /// Sound comes out again, after the start or after a seek.
  case restarted
  /// The answer to `loadfile`: the entry's number, or why there is none.
  case accepted(request: UInt64, entry: Int64)
  case refused(request: UInt64, message: String)
  /// Seconds from the file's start; nil while nothing plays.
  case time(Double?)
  case duration(Double?)
  case paused(Bool)
  /// The name of the output that is open; nil while none is.
  case output(String?)
  /// mpv ended, or its events overflowed: nothing that is known of it is true any more.
  case lost
  /// Of no interest here.
  case other
}
