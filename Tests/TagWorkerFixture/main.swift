import Glibc
import LibraryFiles

/// A tag worker that misbehaves where a test wants it to: names say how.
///
/// "crash" in a file's name ends the process as a crash does, "hang" never comes back, "garbage"
/// writes nonsense. The first argument "mute" makes a worker that ends before it greets.
if CommandLine.arguments.dropFirst().first == "mute" { exit(0) }

func contains(_ path: [UInt8], _ word: String) -> Bool {
  String(decoding: path, as: UTF8.self).contains(word)
}

TagWorker.serve { path in
  if contains(path, "crash") { abort() }
  if contains(path, "hang") { while true { pause() } }
  if contains(path, "garbage") {
    print(String(repeating: "nonsense", count: 1000))
    fflush(nil)
  }
  return TagReader.read(path)
}
