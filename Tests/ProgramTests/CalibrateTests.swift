import Foundation
import Perception
import Testing

@Suite("emus calibrate")
struct CalibrateTests {
  /// Frames of the drawn face from a part of its show, as a folder of images.
  private func folder(
    _ program: Program, _ name: String, from start: Double, count: Int = 8
  ) throws -> String {
    var path = ""
    for place in 0..<count {
      let pixels = DemoFace.render(at: start + Double(place) / 5, width: 320, height: 240)
      path = try program.file(
        "\(name)/\(place).pgm", Array("P5\n320 240\n255\n".utf8) + pixels)
    }
    return (path as NSString).deletingLastPathComponent
  }

  private static let hasEncoder = FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")

  /// Four seconds of the drawn face.
  private func film(_ program: Program, _ name: String, from start: Double) throws -> String {
    _ = try folder(program, "frames", from: start, count: 20)
    let path = program.folder.appendingPathComponent(name).path
    let made = try program.run(
      "/usr/bin/ffmpeg",
      [
        "-v", "error", "-framerate", "5", "-i",
        program.folder.appendingPathComponent("frames/%d.pgm").path, "-c:v", "mjpeg", "-q:v", "3",
        path,
      ])
    try #require(made.status == 0, "\(made.errors)")
    return path
  }

  @Test("reads the drawn face, says what came of it, and takes it back")
  func demo() throws {
    let program = try Program()
    let result = try program.emus("calibrate", "--source", "demo", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let object = try result.object()
    #expect(
      Set(object.keys) == [
        "user", "is_demo", "changed", "expressions", "frames", "log_loss", "right", "refused",
      ])
    #expect(object["refused"] is NSNull)
    #expect(object["user"] as? String == "default")
    #expect(object["expressions"] as? [String] == ["neutral"])
    #expect((object["frames"] as? Int ?? 0) >= 6)
    let changed = try #require(object["changed"] as? Bool)
    let loss = try #require(object["log_loss"] as? [String: Double])
    #expect(try #require(loss["after"]) <= #require(loss["before"]))
    let undo = try program.emus("calibrate", "--source", "demo", "--undo", "--json").object()
    #expect(undo["undone"] as? Bool == changed)
    // The command that is named takes it back, in the words that are printed.
    #expect(undo["is_demo"] as? Bool == true)
    let told = try program.emus("calibrate", "--source", "demo").output
    let undone = try program.emus("calibrate", "--source", "demo", "--undo").output
    // Which frames it learns from is up to the clock, so that a second time may end otherwise.
    if told.hasPrefix("Nothing was changed") {
      #expect(told == "Nothing was changed: the drawn face is read as well without.\n")
      #expect(undone == "the drawn face has no calibration to undo.\n")
    } else {
      #expect(told.hasPrefix("the drawn face is calibrated on"), "\(told)")
      #expect(told.contains("emus calibrate --source demo --undo takes it back"), "\(told)")
      #expect(undone == "the drawn face's last calibration is gone.\n")
    }
    let other = try program.emus("calibrate", "--source", "demo", "--user", "Nobody Else")
    #expect(other.status != 0)
  }

  @Test("pictures in folders whose names are not UTF-8 are learnt from")
  func byteNames() throws {
    let program = try Program()
    _ = try folder(program, "rest", from: 1)
    _ = try folder(program, "shown", from: 25)
    let result = try program.bash(
      #"""
      mv rest $'r\xff' && mv shown $'s\xff' && mv $'r\xff/0.pgm' $'r\xff/0\xfe.pgm'
      echo no image > $'s\xff/b\xfe.png'
      emus calibrate --json --source $'r\xff' --also sad=$'s\xff'
      """#)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.object()["changed"] as? Bool == true, "\(result.output)")
    #expect(result.errors.hasPrefix("emus: s\\xFF/b\\xFE.png: not an image"), "\(result.errors)")
  }

  @Test("on a terminal a bar rises while it looks, says what to do, and leaves a clean line")
  func progress() throws {
    let program = try Program()
    let (erase, invitation) = ("\r\u{1B}[K", "look at the screen as you do when reading")
    let drawn = try onTerminal(program, "calibrate --source demo").components(separatedBy: erase)
    #expect(drawn.first == "")
    let result = drawn.last ?? ""
    #expect(result.hasPrefix("the drawn face is") || result.hasPrefix("Nothing"), "\(result)")
    let bars = drawn.dropFirst().dropLast()
    #expect(bars.allSatisfy { $0.hasSuffix(" " + invitation) }, "\(bars)")
    let shares = bars.map { bar in bar.count { $0 == "━" } }
    #expect(bars.allSatisfy { bar in bar.count { $0 == "━" || $0 == "─" } == 30 })
    #expect(Set(shares).count > 1 && shares == shares.sorted(), "\(shares)")
  }

  @Test("of pictures a bar tells the expression, and where no terminal is nothing is drawn")
  func pictureProgress() throws {
    let program = try Program()
    let rest = try folder(program, "rest", from: 1)
    let drawn = try onTerminal(program, "calibrate --source \(rest)")
    #expect(drawn.contains("─ comparing 8 pictures"), "\(drawn)")
    #expect(drawn.contains("─ reading neutral pictures"), "\(drawn)")
    let plain = try program.emus("calibrate", "--source", rest)
    #expect(!plain.errors.contains("\u{1B}") && !plain.output.contains("\u{1B}"))
  }

  /// What a command writes where its input, output and errors are a terminal.
  private func onTerminal(_ program: Program, _ arguments: String) throws -> String {
    let emus = Program.binaries.appendingPathComponent("emus").path
    let line = "\(emus) \(arguments) --home \(program.home.path)"
    let result = try program.run("/usr/bin/script", ["-qec", line, "/dev/null"])
    #expect(result.status == 0, "\(result.output)")
    return result.output
  }

  @Test("learns a shown expression, which --once then reads, for that listener alone")
  func folders() throws {
    let program = try Program()
    let rest = try folder(program, "rest", from: 1)
    // Told that the drawn angry face is sad, it has something to learn for certain.
    let shown = try folder(program, "shown", from: 25)
    func sad(_ user: String) throws -> Double {
      let result = try program.emus("--once", "--source", shown, "--json", "--user", user)
      let emotion = try result.object()["emotion"] as? [String: Any]
      return try #require((emotion?["probabilities"] as? [String: Double])?["sad"])
    }
    let before = try sad("default")
    let result = try program.emus(
      "calibrate", "--source", rest, "--also", "sad=\(shown)", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.object()["changed"] as? Bool == true, "\(result.output)")
    #expect(try sad("default") > before + 0.05)
    #expect(abs(try sad("guest") - before) < 1e-6)
    #expect(try program.emus("calibrate", "--undo").output.contains("is gone"))
    #expect(abs(try sad("default") - before) < 1e-6)
    #expect(try program.emus("calibrate", "--undo").output.contains("no calibration"))
  }

  @Test("too few different pictures are refused, with how many are needed, and change nothing")
  func tooFew() throws {
    let program = try Program()
    let few = try folder(program, "few", from: 1, count: 5)
    let enough = try folder(program, "enough", from: 1)
    let sad = try folder(program, "sad", from: 25, count: 5)
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
    let rest = try folder(program, "rest", from: 1)
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

  @Test("a still that is watched like a film is one look, and what was not learnt is said")
  func still() throws {
    let program = try Program()
    let rest = try folder(program, "rest", from: 1)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: rest + "/0.pgm"))
    let film = try program.file("film", bytes)
    let refused = try program.emus("calibrate", "--source", film)
    #expect(refused.status == 2, "\(refused.status) \(refused.errors)")
    #expect(refused.errors.contains("1 of the 6 clear looks"), "\(refused.errors)")
    let result = try program.emus("calibrate", "--source", rest, "--also", "sad=\(film)", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("sad was not learnt"), "\(result.errors)")
    #expect(try result.object()["expressions"] as? [String] == ["neutral"])
  }

  @Test("the face of somebody else who is registered is not learnt")
  func stranger() throws {
    let program = try Program()
    let rest = try folder(program, "rest", from: 1)
    let added = try program.emus("user", "add", "mia", "--source", rest)
    #expect(added.status == 0, "\(added.errors)")
    let refused = try program.emus("calibrate", "--source", rest)
    #expect(refused.status == 64, "\(refused.status) \(refused.errors)")
    #expect(refused.errors.contains("mia's face"), "\(refused.errors)")
    #expect(try program.emus("calibrate", "--source", rest, "--user", "mia").status == 0)
    _ = try program.file("home/config/emusrc", Array("set identity off\n".utf8))
    #expect(try program.emus("calibrate", "--source", rest).status == 0)
  }

  @Test(
    "a film of somebody else who is registered says whose face it is",
    .enabled(if: hasEncoder, "needs ffmpeg"))
  func strangerInFilm() throws {
    let program = try Program()
    let film = try film(program, "mia.avi", from: 1)
    let added = try program.emus("user", "add", "mia", "--source", film)
    #expect(added.status == 0, "\(added.errors)")
    let refused = try program.emus("calibrate", "--source", film)
    #expect(refused.status == 2, "\(refused.status) \(refused.errors)")
    #expect(refused.errors.contains("mia's face: --user mia calibrates it"), "\(refused.errors)")
    let own = try program.emus("calibrate", "--source", film, "--user", "mia")
    #expect(own.status == 0, "\(own.status) \(own.errors)")
  }

  @Test(
    "a film shows one expression, and the drawn face what it likes; a camera may show several",
    .enabled(if: hasEncoder, "needs ffmpeg"))
  func sameSource() throws {
    let program = try Program()
    let film = try film(program, "film.avi", from: 1)
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

  @Test("the progress keeps to one line of a narrow terminal", arguments: [12, 40, 60])
  func narrow(columns: Int) throws {
    let program = try Program()
    let emus = Program.binaries.appendingPathComponent("emus").path
    let line =
      "stty cols \(columns); '\(emus)' calibrate --source demo --home '\(program.home.path)'"
    let result = try program.run("/usr/bin/script", ["-qec", line, "/dev/null"])
    let shown = result.output.components(separatedBy: "\r\u{1B}[K").dropFirst().dropLast()
    #expect(shown.contains { $0.contains("look at") }, "\(result.output)")
    #expect(shown.allSatisfy { $0.count < columns }, "\(shown)")
  }

  @Test("look and evaluate faces read with the calibration of whom --user names, and only then")
  func named() throws {
    let program = try Program()
    let rest = try folder(program, "rest", from: 1)
    let shown = try folder(program, "set/sad", from: 25)
    let picture = shown + "/7.pgm"
    let set = (shown as NSString).deletingLastPathComponent
    func sad(_ options: String...) throws -> Double {
      let result = try program.run(
        Program.binaries.appendingPathComponent("emus").path,
        ["look", picture, "--json", "--home", program.home.path] + options)
      #expect(result.status == 0, "\(result.errors)")
      let face = (try result.object()["faces"] as? [[String: Any]])?.first
      let emotion = try #require(face?["emotion"] as? [String: Any])
      return try #require((emotion["probabilities"] as? [String: Double])?["sad"])
    }
    let bare = try sad()
    let nobody = try program.emus("look", picture, "--user", "mia")
    #expect(nobody.status == 64 && nobody.errors.contains("mia"), "\(nobody.errors)")
    let without = try program.emus("evaluate", "faces", "--data", set, "--json")
    let learnt = try program.emus("calibrate", "--source", rest, "--also", "sad=\(shown)")
    #expect(learnt.status == 0, "\(learnt.errors)")
    #expect(try sad() == bare, "without --user it is the plain network")
    #expect(try sad("--user", "guest") == bare)
    #expect(try sad("--user", "default") > bare + 0.05)
    let after = try program.emus("evaluate", "faces", "--data", set, "--json").object()
    #expect(after["confusion"] as? [[Int]] == (try without.object()["confusion"] as? [[Int]]))
    #expect(after["user"] is NSNull)
    let own = try program.emus(
      "evaluate", "faces", "--data", set, "--user", "default", "--json"
    ).object()
    #expect(own["user"] as? String == "default")
    let (before, now) = (after["ece"] as? Double, own["ece"] as? Double)
    #expect(try #require(before) != #require(now), "other probabilities have another error")
    let text = try program.emus("evaluate", "faces", "--data", set, "--user", "default").output
    #expect(text.contains("default's calibration"), "\(text)")
    let hog = try program.emus("look", picture, "--user", "default", "--classifier", "hog")
    #expect(hog.status == 64, "\(hog.errors)")
    // Somebody else's face is read as the network reads it.
    #expect(try program.emus("user", "add", "mia", "--source", shown).status == 0)
    #expect(try sad("--user", "default") == bare)
    let mia = try program.emus("look", picture, "--user", "mia")
    #expect(mia.status == 0 && mia.errors.contains("mia has no calibration"), "\(mia.errors)")
  }

  @Test("one listener's correction is left off where the face is somebody else's")
  func somebodyElse() throws {
    let program = try Program()
    let rest = try folder(program, "rest", from: 1)
    let shown = try folder(program, "shown", from: 25)
    func sad(_ user: String = "default") throws -> Double {
      let result = try program.emus("--once", "--source", shown, "--json", "--user", user)
      let emotion = try result.object()["emotion"] as? [String: Any]
      return try #require((emotion?["probabilities"] as? [String: Double])?["sad"])
    }
    let bare = try sad()
    let learnt = try program.emus("calibrate", "--source", rest, "--also", "sad=\(shown)")
    #expect(learnt.status == 0, "\(learnt.errors)")
    let corrected = try sad()
    #expect(corrected > bare + 0.05, "where nobody is registered it is the listener's own")
    let added = try program.emus("user", "add", "mia", "--source", shown)
    #expect(added.status == 0, "\(added.errors)")
    #expect(abs(try sad() - bare) < 1e-6, "the face is mia's")
    #expect(abs(try sad("mia") - bare) < 1e-6, "and mia has none")
    // Hers is hers.
    let hers = try program.emus(
      "calibrate", "--source", rest, "--also", "sad=\(shown)", "--user", "mia")
    #expect(hers.status == 0, "\(hers.errors)")
    #expect(try sad("mia") > bare + 0.05)
    #expect(abs(try sad() - bare) < 1e-6)
    // Where nobody is to be recognised, it is the listener who was named.
    _ = try program.file("home/config/emusrc", Array("set identity off\n".utf8))
    #expect(abs(try sad() - corrected) < 1e-6)
  }

  @Test("a damaged correction is named with what to do, and --once goes on without it")
  func damaged() throws {
    let program = try Program()
    let rest = try folder(program, "rest", from: 1)
    let shown = try folder(program, "shown", from: 25)
    let learnt = try program.emus("calibrate", "--source", rest, "--also", "sad=\(shown)")
    #expect(learnt.status == 0, "\(learnt.errors)")
    let card = try Data(contentsOf: Program.checkout.appendingPathComponent("Weights/emotion.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: card) as? [String: Any])
    let network = try #require(object["sha256"] as? String)
    // Behind the network's name stand two bytes of width, then the seven numbers of the shift.
    let path = program.home.appendingPathComponent("data/emus.db")
    var bytes = try Data(contentsOf: path)
    let name = try #require(bytes.range(of: Data(network.utf8)))
    bytes.replaceSubrange(
      name.upperBound + 2..<name.upperBound + 30, with: Data(repeating: 0xFF, count: 28))
    try bytes.write(to: path)
    let once = try program.emus("--once", "--source", shown, "--json")
    #expect(once.status == 0, "\(once.errors)")
    #expect(once.errors.split(separator: "\n").count == 1, "\(once.errors)")
    for words in ["default's calibration is damaged", "emus calibrate ", "--undo"] {
      #expect(once.errors.contains(words), "\(once.errors)")
    }
    #expect((try once.object()["recommendations"] as? [Any])?.isEmpty == false)
    #expect(try program.emus("calibrate", "--undo").output.contains("is gone"))
    #expect(try program.emus("--once", "--source", shown).errors.isEmpty)
  }

  @Test("a smiling face is not learnt as one at rest: one line says so, and nothing is changed")
  func smile() throws {
    let program = try Program()
    let smile = try folder(program, "smile", from: 6.5)
    let rest = try folder(program, "rest", from: 1)
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
    let rest = try folder(program, "rest", from: 1)
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
    let film = (try folder(program, "film", from: 1) as NSString).appendingPathComponent("0.pgm")
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
