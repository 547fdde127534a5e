import CMpv
import Glibc

/// One libmpv instance: the only file of this adapter with pointers in it.
///
/// It belongs to the thread that made it, and never waits: its bell rings when there are events. It
/// knows no queue and no `Player`.
final class Mpv {
  struct Failure: Error, Equatable {
    /// One line that says what to do.
    let message: String
  }

  private let api: UnsafePointer<EmusMpv>
  private let handle: OpaquePointer
  /// Kept, so that mpv has something to ring until `close` is over.
  private let bell: Bell

  /// Opens the first of the libraries that there is and starts an instance: 0.1 s or more, so
  /// never on a thread that others wait for.
  init(
    libraries: [String], settings: [(name: String, value: String)], bell: Bell
  ) throws(Failure) {
    var reason = [CChar](repeating: 0, count: 256)
    var found: UnsafePointer<EmusMpv>?
    for name in libraries where found == nil {
      found = emus_mpv_open(name, &reason, reason.count)
    }
    guard let api = found else {
      let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Failure(
        message: "no sound: install libmpv2 (\(String(decoding: bytes, as: UTF8.self)))")
    }
    // mpv refuses to start under a decimal comma. Only this category is touched.
    if let numeric = setlocale(LC_NUMERIC, nil), strcmp(numeric, "C") != 0 {
      setlocale(LC_NUMERIC, "C")
    }
    guard let handle = api.pointee.create() else {
      throw Failure(
        message: "no sound: libmpv does not start (out of memory, or LC_NUMERIC is not C)")
    }
    for (name, value) in settings {
      let code = api.pointee.set_option_string(handle, name, value)
      guard code >= 0 else {
        api.pointee.terminate_destroy(handle)
        throw Failure(
          message: "no sound: libmpv refuses \(name)=\(value): \(Self.words(api, code))")
      }
    }
    var code = api.pointee.initialize(handle)
    if code >= 0 { code = emus_mpv_open_long_paths(api, handle) }
    guard code >= 0 else {
      api.pointee.terminate_destroy(handle)
      throw Failure(message: "no sound: libmpv does not start: \(Self.words(api, code))")
    }
    self.api = api
    self.handle = handle
    self.bell = bell
    emus_mpv_ring(api, handle, bell.descriptor)
    for property in Property.allCases {
      _ = api.pointee.observe_property(handle, property.rawValue, property.name, property.format)
    }
  }

  /// Stops the sound and lets everything go; blocks until it is. Nothing may be called after it.
  func close() { api.pointee.terminate_destroy(handle) }

  private static func words(_ api: UnsafePointer<EmusMpv>, _ code: Int32) -> String {
    String(cString: api.pointee.error_string(code))
  }
}

// MARK: - Commands

extension Mpv {
  /// Sends `loadfile`; the answer is `.accepted` or `.refused` with the number of the request.
  ///
  /// - Parameters:
  ///   - request: any number but 0.
  ///   - path: bytes without a NUL, absolute or with a scheme.
  ///   - flags: "replace", "append" or "append-play".
  ///   - start: seconds from the file's start, as mpv reads them.
  ///   - end: likewise.
  /// - Returns: the reason where mpv does not even take the command.
  func load(
    request: UInt64, path: [UInt8], flags: String, start: String?, end: String?
  ) -> String? {
    let code = (Self.address(path) + [0]).withUnsafeBytes { bytes in
      let path = bytes.assumingMemoryBound(to: CChar.self).baseAddress
      return path.map { emus_mpv_load(api, handle, request, $0, flags, start, end) } ?? -4
    }
    return code < 0 ? Self.words(api, code) : nil
  }

  /// By what mpv can open a path: itself, but where the system would not take it whole.
  private static func address(_ path: [UInt8]) -> [UInt8] {
    let isLong = path.count >= Int(PATH_MAX) && path.first == UInt8(ascii: "/")
    return isLong ? Array("\(EMUS_MPV_SCHEME)://".utf8) + path : path
  }

  /// Sends a command as an array of words, which mpv never parses.
  func command(_ words: [String]) {
    var copies = words.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    copies.append(nil)
    copies.withUnsafeMutableBufferPointer { buffer in
      buffer.withMemoryRebound(to: Optional<UnsafePointer<CChar>>.self) { arguments in
        if let base = arguments.baseAddress { _ = api.pointee.command_async(handle, 0, base) }
      }
    }
  }

  func set(_ name: String, _ value: Bool) {
    var flag: Int32 = value ? 1 : 0
    _ = api.pointee.set_property_async(handle, 0, name, MPV_FORMAT_FLAG, &flag)
  }

  func set(_ name: String, _ value: Double) {
    var number = value
    _ = api.pointee.set_property_async(handle, 0, name, MPV_FORMAT_DOUBLE, &number)
  }
}

// MARK: - Events

extension Mpv {
  private enum Property: UInt64, CaseIterable {
    case time = 1
    case duration, paused, output

    var name: String {
      switch self {
      case .time: "time-pos"
      case .duration: "duration"
      case .paused: "pause"
      case .output: "current-ao"
      }
    }

    var format: mpv_format {
      switch self {
      case .time, .duration: MPV_FORMAT_DOUBLE
      case .paused: MPV_FORMAT_FLAG
      case .output: MPV_FORMAT_STRING
      }
    }
  }

  /// The next event; `.none` where there is none before the bell rings again.
  func nextEvent() -> MpvEvent {
    let event = api.pointee.wait_event(handle, 0)
    let code = event.pointee.error
    switch event.pointee.event_id {
    case MPV_EVENT_NONE: return .none
    case MPV_EVENT_START_FILE:
      return event.pointee.data.map {
        .opening($0.load(as: mpv_event_start_file.self).playlist_entry_id)
      }
        ?? .other
    case MPV_EVENT_FILE_LOADED: return .loaded
    case MPV_EVENT_PLAYBACK_RESTART: return .restarted
    case MPV_EVENT_END_FILE:
      return event.pointee.data.map { end($0.load(as: mpv_event_end_file.self)) } ?? .other
    case MPV_EVENT_COMMAND_REPLY:
      let request = event.pointee.reply_userdata
      if request == 0 { return .other }
      if code < 0 { return .refused(request: request, message: Self.words(api, code)) }
      return .accepted(request: request, entry: emus_mpv_entry_of_reply(event))
    case MPV_EVENT_PROPERTY_CHANGE:
      guard let property = Property(rawValue: event.pointee.reply_userdata),
        let data = event.pointee.data
      else { return .other }
      return change(of: property, data.load(as: mpv_event_property.self))
    case MPV_EVENT_SHUTDOWN, MPV_EVENT_QUEUE_OVERFLOW: return .lost
    default: return .other
    }
  }

  private func end(_ end: mpv_event_end_file) -> MpvEvent {
    let reason: MpvEvent.EndReason =
      switch end.reason {
      case MPV_END_FILE_REASON_EOF: .endOfFile
      case MPV_END_FILE_REASON_ERROR: .error(Self.words(api, end.error))
      case MPV_END_FILE_REASON_REDIRECT: .redirected
      default: .stopped
      }
    return .ended(end.playlist_entry_id, reason)
  }

  /// A property without a value comes without data and with MPV_FORMAT_NONE.
  private func change(of property: Property, _ value: mpv_event_property) -> MpvEvent {
    let data = value.format == property.format ? value.data : nil
    switch property {
    case .time: return .time(data?.load(as: Double.self))
    case .duration: return .duration(data?.load(as: Double.self))
    case .paused: return data.map { .paused($0.load(as: Int32.self) != 0) } ?? .other
    case .output:
      let text = data?.load(as: UnsafePointer<CChar>?.self)
      return .output(text.map { String(cString: $0) })
    }
  }
}

// MARK: - The owning thread

/// Starts a thread of its own for work that blocks; it takes no signals, so that they interrupt
/// neither it nor the threads that libraries start from it.
///
/// - Returns: false where the system gives no thread.
func startThread(_ work: @escaping @Sendable () -> Void) -> Bool {
  final class Box {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
  var all = sigset_t()
  var before = sigset_t()
  sigfillset(&all)
  // The new thread inherits the mask.
  pthread_sigmask(SIG_SETMASK, &all, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  var thread = pthread_t()
  let box = Unmanaged.passRetained(Box(work))
  let code = pthread_create(
    &thread, &attributes,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().work() }
      return nil
    }, box.toOpaque())
  if code != 0 { box.release() }
  return code == 0
}
