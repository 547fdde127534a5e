import Foundation
import Testing

@Suite("What emus calibrate does not learn")
struct CalibrateRefusalTests {
  @Test("too few different pictures are refused, with how many are needed, and change nothing")
  func tooFew() throws {
    let program = try Program()
    let few = try program.drawnFaces("few", from: 1, count: 5)
    let enough = try program.drawnFaces("enough", from: 1)
    let sad = try program.drawnFaces("sad", from: 25, count: 5)
    // One picture under many names is one picture.
    for copy in 0..<8 {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: few + "/0.pgm"))
      _ = try program.file("copies/\(copy).pgm", bytes)
    }
    let copies = program.folder.appendingPathComponent("copies").path
    let refused: [(arguments: [String], words: [String])] = [
      (["--source", few], [few, "neutral is clear in 5 pictures"]),
      (["--source", few + "/0.pgm"], ["0.pgm", "neutral is clear in 1 picture,"]),
      (["--source", copies], [copies, "neutral is clear in 1 picture,"]),
      (["--source", enough, "--also", "sad=\(sad)"], [sad, "sad is clear in 5 pictures"]),
    ]
    for (arguments, words) in refused {
      let result = try program.run(
        Program.binaries.appendingPathComponent("emus").path,
        ["calibrate", "--home", program.home.path] + arguments)
      #expect(result.status == 66, "\(arguments): \(result.status) \(result.errors)")
      for text in words + ["6 different ones are needed"] {
        #expect(result.errors.contains(text), "\(result.errors)")
      }
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
    #expect(try program.emus("calibrate", "--undo").output.contains("no calibration"))
    let twice = try program.emus("calibrate", "--source", enough, "--also", "sad=\(enough)")
    #expect(twice.status == 64 && twice.errors.contains("one expression"), "\(twice.errors)")
  }

  @Test("pictures that cannot teach are named and left out")
  func badPictures() throws {
    let program = try Program()
    let rest = try program.drawnFaces("rest", from: 1)
    _ = try program.file("rest/broken.png", Array("no image".utf8))
    let wall = try Data(contentsOf: URL(fileURLWithPath: try program.plainImage()))
    _ = try program.file("rest/wall.pgm", wall)
    let result = try program.emus("calibrate", "--source", rest, "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("broken.png") && result.errors.contains("wall.pgm: no face"))
    #expect(try result.object()["frames"] as? Int == 8)
    let empty = (try program.file("empty/notes.txt", []) as NSString).deletingLastPathComponent
    #expect(try program.emus("calibrate", "--source", empty).status == 66)
  }

  @Test(
    "a film shows one expression, and the drawn face what it likes; a camera may show several",
    .enabled(if: Program.hasEncoder, "needs ffmpeg"))
  func sameSource() throws {
    let program = try Program()
    let film = try program.drawnFilm("film.avi", from: 1)
    let link = program.folder.appendingPathComponent("link.avi").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: film)
    let once = "name each source once"
    for (source, other, words) in [
      (film, film, once), (film, "/" + film, once), (film, link, once),
      ("demo", "demo", "leave --also out"),
    ] {
      let refused = try program.emus("calibrate", "--source", source, "--also", "happy=\(other)")
      #expect(refused.status == 64, "\(refused.status) \(refused.errors)")
      #expect(refused.errors.contains(words), "\(refused.errors)")
    }
    let camera = try program.emus("calibrate", "--source", "77", "--also", "happy=77")
    #expect(!camera.errors.contains("name each source once"), "\(camera.errors)")
  }

  @Test("a smiling face is not learnt as one at rest: one line says so, and nothing is changed")
  func smile() throws {
    let program = try Program()
    let smile = try program.drawnFaces("smile", from: 6.5)
    let rest = try program.drawnFaces("rest", from: 1)
    let learnt = try program.emus("calibrate", "--source", rest, "--also", "happy=\(smile)")
    #expect(learnt.status == 0, "\(learnt.errors)")
    let before = try program.emus("--once", "--source", smile, "--json").object()["emotion"]
    let result = try program.emus("calibrate", "--source", smile, "--json")
    #expect(result.status == 1, "\(result.status) \(result.output)")
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    #expect(result.errors.contains("default's face looks happy in source \(smile)"))
    let object = try result.object()
    #expect(object["changed"] as? Bool == false)
    #expect((object["refused"] as? String)?.contains("looks happy") == true)
    let after = try program.emus("--once", "--source", smile, "--json").object()["emotion"]
    #expect(
      (after as? [String: Any])?["confidence"] as? Double
        == (before as? [String: Any])?["confidence"] as? Double)
  }

  @Test("options that would be passed over are refused")
  func options() throws {
    let program = try Program()
    let rest = try program.drawnFaces("rest", from: 1)
    let emus = Program.binaries.appendingPathComponent("emus").path
    let refused: [(arguments: [String], words: String)] = [
      (["calibrate", "--source", rest, "--source", "demo"], "--source is given once"),
      (["calibrate", "--source", rest, "--classifier", "hog"], "leave --classifier out"),
      (["--classifier", "hog", "calibrate", "--source", rest], "leave --classifier out"),
      (["calibrate", "--undo", "--source", rest], "leave --source out"),
      (["--once", "--source", "demo", "--source", "none"], "--source is given once"),
    ]
    for (arguments, words) in refused {
      let result = try program.run(emus, arguments + ["--home", program.home.path])
      #expect(result.status == 64, "\(arguments): \(result.status) \(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
    }
    let before = try program.run(
      emus, ["--source", rest, "calibrate", "--json", "--home", program.home.path])
    #expect(before.status == 0, "\(before.errors)")
    #expect(try before.object()["frames"] as? Int == 8)
    let nobody = try program.emus("calibrate", "--source", rest, "--user", "mia")
    #expect(nobody.errors.contains("there is default alone"), "\(nobody.errors)")
  }

  @Test("without a face exits 2, for a guest or a bad expression 64, without input 66")
  func refused() throws {
    let program = try Program()
    let image = try program.plainImage()
    let film = (try program.drawnFaces("film", from: 1) as NSString).appendingPathComponent("0.pgm")
    #expect(FileManager.default.fileExists(atPath: film))
    #expect(try program.emus("calibrate", "--source", "/nonexistent.png").status == 66)
    #expect(try program.emus("calibrate", "--source", "none").status == 64)
    #expect(try program.emus("calibrate", "--source", film, "--user", "guest").status == 64)
    #expect(try program.emus("calibrate", "--source", film, "--also", "bored=0").status == 64)
    #expect(try program.emus("calibrate", "--source", film, "--user", "nobody").status == 64)
    let blind = try program.emus("calibrate", "--source", image)
    #expect(blind.status == 2)
    #expect(blind.errors.contains("no face"))
  }
}
