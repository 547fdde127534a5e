import Glibc
import LibraryFiles

/// A tag worker that misbehaves where a test wants it to: names say how.
///
/// "crash" in a file's name ends the process as a crash does, "hang" never comes back, "garbage"
/// writes nonsense. The argument "mute" makes a worker that ends before it greets, and "walk DIR"
/// prints the files and the unreadable folders below a folder, for tests as another user.
func contains(_ path: [UInt8], _ word: String) -> Bool {
  String(decoding: path, as: UTF8.self).contains(word)
}

func walk(_ folder: String) {
  switch FolderWalk.run(Array(folder.utf8)) {
  case .failure(let failure): print("failed \(failure)")
  case .success(let walk):
    for file in walk.files { print("file \(String(decoding: file.path, as: UTF8.self))") }
    for failure in walk.unreadable { print("unreadable \(failure)") }
  }
}

func serve() {
  TagWorker.serve { path in
    if contains(path, "crash") { abort() }
    if contains(path, "hang") { while true { pause() } }
    if contains(path, "garbage") {
      print(String(repeating: "nonsense", count: 1000))
      fflush(nil)
    }
    return TagReader.read(path)
  }
}

switch CommandLine.arguments.dropFirst().first {
case "mute": break
case "walk": walk(CommandLine.arguments.last ?? "")
default: serve()
}
