import Foundation

/// The program as it is installed, in a folder of its own with weights of its own, so that a test
/// may damage them or put another eye in place.
struct InstalledProgram {
  let program: Program
  private let programs: URL
  let weights: URL

  init() throws {
    program = try Program()
    programs = program.folder.appendingPathComponent("bin")
    weights = program.folder.appendingPathComponent("share/emus/Weights")
    for folder in [programs, weights] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    for name in ["emus", "emus-eye"] {
      let built = Program.binaries.appendingPathComponent(name)
      let place = programs.appendingPathComponent(name)
      do {
        // The program finds its folder by its own path, which a symbolic link would not change.
        try FileManager.default.linkItem(at: built, to: place)
      } catch {
        try FileManager.default.copyItem(at: built, to: place)
      }
    }
    for name in ["Library", "Themes"] {
      try FileManager.default.createSymbolicLink(
        at: program.folder.appendingPathComponent("share/emus/" + name),
        withDestinationURL: Program.checkout.appendingPathComponent(name))
    }
    for name in ["emotion.onnx", "emotion.json"] {
      try FileManager.default.copyItem(
        at: Program.checkout.appendingPathComponent("Weights/" + name),
        to: weights.appendingPathComponent(name))
    }
  }

  /// Puts a shell script in the place of the eye.
  func fakeEye(_ script: String) throws {
    let eye = programs.appendingPathComponent("emus-eye")
    try FileManager.default.removeItem(at: eye)
    try Data(("#!/bin/sh\n" + script + "\n").utf8).write(to: eye)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: eye.path)
  }

  var emus: String { programs.appendingPathComponent("emus").path }

  func emus(_ arguments: String...) throws -> Program.Result { try run(arguments) }

  func run(_ arguments: [String]) throws -> Program.Result {
    try program.run(emus, arguments + ["--home", program.home.path])
  }
}
