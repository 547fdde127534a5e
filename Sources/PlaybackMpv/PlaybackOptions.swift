/// How the sound comes out. The defaults are for a listener; the rest is for tests and for machines
/// without a sound device.
package struct PlaybackOptions: Equatable, Sendable {
  /// mpv's name of an output ("pulse", "alsa", "null", "pcm"); nil lets mpv choose, and take null
  /// output where there is no device.
  package var audioOutput: String?
  /// The WAV file that the output "pcm" writes.
  package var audioFile: String?
  /// The output "null" takes the sound as fast as it is decoded.
  package var untimed: Bool
  /// Names of libmpv's file, the one to be preferred first.
  package var libraries = ["libmpv.so.2", "libmpv.so.1"]

  package init(audioOutput: String? = nil, audioFile: String? = nil, untimed: Bool = false) {
    self.audioOutput = audioOutput
    self.audioFile = audioFile
    self.untimed = untimed
  }

  /// mpv's options to set before it starts, in order.
  var settings: [(name: String, value: String)] {
    var result = Self.always
    if let audioOutput { result.append(("ao", audioOutput)) }
    if let audioFile { result.append(("ao-pcm-file", audioFile)) }
    if untimed { result.append(("ao-null-untimed", "yes")) }
    return result
  }

  private static let always: [(name: String, value: String)] = [
    // Sound alone, no user's configuration, no scripts, no terminal, no keys.
    ("vid", "no"), ("audio-display", "no"), ("terminal", "no"), ("config", "no"),
    ("load-scripts", "no"), ("ytdl", "no"), ("input-default-bindings", "no"),
    ("autoload-files", "no"), ("audio-client-name", "emus"),
    // No device is no reason to stop: the listener is told, and the queue goes on in silence.
    ("audio-fallback-to-null", "yes"),
    ("gapless-audio", "weak"), ("prefetch-playlist", "yes"), ("idle", "yes"),
    ("volume-max", "100"),
    // As loud as others, by the file's own measure; softer where it would be cut off.
    ("replaygain", "track"), ("replaygain-clip", "no"),
    // A file is music or nothing: mpv would follow a playlist, an archive or a disc image, and
    // libavformat the addresses in one, whatever the file is called.
    ("demuxer", "lavf"),
    (
      "demuxer-lavf-o",
      "protocol_whitelist=[file],format_whitelist=[\(formats.joined(separator: ","))]"
    ),
  ]

  /// libavformat's names of the containers that hold music; what only names other files (`hls`,
  /// `concat`, `dash`, `sdp`) is left out.
  private static let formats = [
    "aac", "ac3", "aiff", "amr", "ape", "asf", "au", "avi", "caf", "dsf", "dts", "dtshd", "eac3",
    "flac", "flv", "gsm", "iff", "latm", "libgme", "libmodplug", "libopenmpt", "loas", "m4a",
    "matroska", "mka", "mlp", "mov", "mp3", "mp4", "mpc", "mpc8", "mpeg", "mpegts", "nut", "ogg",
    "oma", "rm", "shn", "sox", "spdif", "tak", "truehd", "tta", "voc", "w64", "wav", "webm", "wv",
    "xwma",
  ]
}
