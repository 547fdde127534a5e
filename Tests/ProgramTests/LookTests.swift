import Foundation
import Perception
import Testing

@Suite("emus look")
struct LookTests {
  private func objects(_ result: Program.Result) throws -> [[String: Any]] {
    try result.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  private func face(_ program: Program, _ name: String = "demo.pgm") throws -> String {
    let path = program.folder.appendingPathComponent(name).path
    try DemoPicture.write(to: path)
    return path
  }

  @Test("one line an image, in their order; the bad ones are named and the others go on")
  func lines() throws {
    let program = try Program()
    let (face, plain) = (try face(program), try program.plainImage())
    let text = try program.file("text.png", Array("no image".utf8))
    let result = try program.emus("look", "--json", face, "/nonexistent/a.png", plain, text, face)
    #expect(result.status == 66)
    let lines = try objects(result)
    #expect(lines.map { $0["file"] as? String } == [face, "/nonexistent/a.png", plain, text, face])
    let counts = lines.map { ($0["faces"] as? [Any])?.count }
    #expect(counts == [1, 0, 0, 0, 1])
    #expect(lines.map { $0["error"] != nil } == [false, true, false, true, false])
    #expect((lines[1]["error"] as? String)?.contains("/nonexistent/a.png") == true)
    let errors = result.errors.split(separator: "\n")
    #expect(errors.count == 2, "\(result.errors)")
    #expect(errors.first?.contains("/nonexistent/a.png") == true)
  }

  @Test("names that no file can have are named, and the pictures around them are read")
  func longNames() throws {
    let program = try Program()
    let face = try face(program)
    let long = (1...9).map { "/" + String(repeating: "x", count: 66_000) + "\($0)" }
    let result = try program.emus("look", "--json", long[0], face, face)
    #expect(result.status == 66)
    let counts = try objects(result).map { ($0["faces"] as? [Any])?.count }
    #expect(counts == [0, 1, 1])
    #expect(result.errors.contains("xx...: File name too long\n"), "\(result.errors.suffix(200))")
    #expect(result.errors.utf8.count < 300)
    let rows = ["file,emotion"] + long.map { "\($0),happy" } + ["\(face),neutral"]
    let table = try program.file("labels.csv", Array(rows.joined(separator: "\n").utf8))
    let evaluated = try program.emus("evaluate", "faces", "--data", table, "--json")
    let figures = try evaluated.object()
    #expect(figures["n"] as? Int == 1 && figures["unreadable"] as? Int == 9)
  }

  @Test("a pipe is refused as one, though the eye has not inherited it")
  func pipe() throws {
    let program = try Program()
    let emus = Program.binaries.appendingPathComponent("emus").path
    let result = try program.run(
      "/bin/bash",
      [
        "-c", #""$1" look <(cat "$2") "$2" --home "$3""#, "bash", emus, try face(program),
        program.home.path,
      ])
    #expect(result.status == 66)
    #expect(result.errors.contains(": not an image file\n"), "\(result.errors)")
  }

  @Test("what cannot be written ends it with one line and exit 1")
  func fullDisk() throws {
    let program = try Program()
    let emus = Program.binaries.appendingPathComponent("emus").path
    let result = try program.run(
      "/bin/sh",
      [
        "-c", #""$1" look "$2" --home "$3" > /dev/full"#, "sh", emus, try program.plainImage(),
        program.home.path,
      ])
    #expect(result.status == 1)
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }

  @Test("a face has box, emotion and identity, as --once tells them")
  func keys() throws {
    let program = try Program()
    let path = try face(program)
    let result = try program.emus("look", path, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let object = try result.object()
    #expect(Set(object.keys) == ["file", "faces"])
    let seen = try #require((object["faces"] as? [[String: Any]])?.first)
    #expect(Set(seen.keys) == ["box", "emotion", "identity"])
    let box = try #require(seen["box"] as? [Int])
    #expect(box.count == 4 && box[0] >= 0 && box[1] >= 0)
    #expect(box[0] + box[2] <= 320 && box[1] + box[3] <= 240 && box[2] > 50)
    let emotion = try #require(seen["emotion"] as? [String: Any])
    #expect(Set(emotion.keys) == ["label", "confidence", "probabilities", "unsure"])
    let probabilities = try #require(emotion["probabilities"] as? [String: Double])
    #expect(Set(probabilities.keys) == Set(Emotion.allCases.map(\.rawValue)))
    #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-9)
    let label = try #require(emotion["label"] as? String)
    #expect(probabilities[label] == probabilities.values.max())
    #expect(emotion["confidence"] as? Double == probabilities[label])
    let identity = try #require(seen["identity"] as? [String: Any])
    #expect(Set(identity.keys) == ["user", "score", "threshold"])
    #expect(identity["user"] is NSNull)
    let (score, threshold) = (identity["score"] as? Double, identity["threshold"] as? Double)
    #expect(try #require(score) < #require(threshold), "nobody is registered")
    let once = try program.emus("--once", "--source", path, "--json").object()
    #expect((once["face"] as? [String: Any])?["box"] as? [Int] == box)
    #expect(
      (once["emotion"] as? [String: Any])?["probabilities"] as? [String: Double] == probabilities)
  }

  @Test("who is registered is named, unless nobody is to be recognised")
  func identity() throws {
    let program = try Program()
    for (index, time) in [0.0, 1, 2, 3, 4].enumerated() {
      _ = try program.file("mia/x", [])
      try DemoPicture.write(
        to: program.folder.appendingPathComponent("mia/\(index).pgm").path, at: time)
    }
    let source = program.folder.appendingPathComponent("mia").path
    let added = try program.emus("user", "add", "mia", "--source", source)
    #expect(added.status == 0, "\(added.errors)")
    let path = try face(program)
    func identity() throws -> Any? {
      let object = try program.emus("look", path, "--json").object()
      return (object["faces"] as? [[String: Any]])?.first?["identity"]
    }
    #expect((try identity() as? [String: Any])?["user"] as? String == "mia")
    _ = try program.file("home/config/emusrc", Array("set identity off\n".utf8))
    let nobody = try #require(try identity() as? [String: Any])
    #expect(Set(nobody.keys) == ["user", "score", "threshold"] && nobody["user"] is NSNull)
  }

  @Test("a damaged picture is one line on stderr, and a closed stderr is no damage")
  func quiet() throws {
    let program = try Program()
    let pixels = [UInt8](repeating: 9, count: 3 * 64 * 64)
    let whole = try program.file("a.ppm", Array("P6\n64 64\n255\n".utf8) + pixels)
    let half = try program.file(
      "half.ppm", Array("P6\n64 64\n255\n".utf8) + pixels.prefix(5000))
    let damaged = try program.emus("look", half)
    #expect(damaged.errors.split(separator: "\n").count == 1, "\(damaged.errors)")
    #expect(damaged.errors.contains("truncated or damaged"))
    let emus = Program.binaries.appendingPathComponent("emus").path
    let closed = try program.run(
      "/bin/sh", ["-c", "'\(emus)' look '\(whole)' --home '\(program.home.path)' 2>&-"])
    #expect(closed.status == 0 && closed.output.contains("no face"), "\(closed.output)")
  }

  @Test("people read who it is, or that the face is unknown, where somebody is registered")
  func identityForPeople() throws {
    let place = try InstalledProgram()
    func says(_ replies: EyeReply...) throws {
      _ = try place.program.file("reply", replies.flatMap { EyeFraming.encode($0) })
    }
    try place.fakeEye("cat \"${0%/*/*}/reply\"; exec cat >/dev/null")
    let template = FaceTemplate(recogniser: FaceTemplate.currentRecogniser, bytes: [1, 2, 3])
    try says(.begun, .enrolled(template, frames: 5))
    let added = try place.emus("user", "add", "mia", "--source", "demo")
    #expect(added.status == 0, "\(added.errors)")
    for (score, words) in [(0.9, "mia (0.90)"), (0.2, "unknown")] {
      var seen = SeenFace(
        face: Face(box: Box(x: 1, y: 1, width: 5, height: 5), brightness: 0.5, contrast: 0.2))
      seen.logits = [0, 0, 0, 3, 0, 0, 0]
      seen.candidates = [IdentityCandidate(person: 2, score: score, threshold: 0.5)]
      try says(.looked(number: 1, Look(width: 9, height: 9, faces: [seen])))
      let result = try place.emus("look", "face.png")
      #expect(result.output.contains(words), "\(result.output) \(result.errors)")
    }
  }

  @Test("pictures that are not read are refused with one sentence by every command")
  func formats() throws {
    let program = try Program()
    let heads: [(String, String, [UInt8])] = [
      ("a.heic", "HEIC", [0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0]),
      ("b.gif", "GIF", Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80]),
      ("c.avif", "AVIF", [0, 0, 0, 28] + Array("ftypavif".utf8) + [0, 0, 0, 0]),
      ("d.jxl", "JPEG XL", [0xFF, 0x0A, 1, 2]),
    ]
    for (name, format, head) in heads {
      let path = try program.file("set/happy/\(name)", head + [UInt8](repeating: 7, count: 64))
      let sentence = "\(path): \(format) is not read: convert it to JPEG or PNG"
      let commands = [
        ["--once", "--source", path], ["look", path], ["calibrate", "--source", path],
        ["evaluate", "faces", "--data", program.folder.appendingPathComponent("set").path],
      ]
      for command in commands {
        let result = try program.run(
          Program.binaries.appendingPathComponent("emus").path,
          command + ["--home", program.home.path])
        #expect(result.status == 66, "\(command): \(result.status) \(result.errors)")
        #expect(result.errors.contains(sentence), "\(command): \(result.errors)")
      }
    }
  }

  @Test("a file's name can neither break the line nor command the terminal")
  func hostileName() throws {
    let result = try Program().emus("look", "gone\nfile\u{1B}[31m.png")
    #expect(result.status == 66)
    for text in [result.output, result.errors] {
      #expect(text.split(separator: "\n").count == 1, "\(text)")
      #expect(!text.contains("\u{1B}"))
      #expect(text.contains(#"gone\u{A}file\u{1B}[31m.png"#), "\(text)")
    }
  }

  @Test("people read a line for the image and one a face; nothing is left behind in the home")
  func people() throws {
    let program = try Program()
    let path = try face(program)
    let result = try program.emus("look", path, try program.plainImage())
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines[0] == path + "  1 face")
    #expect(Emotion.allCases.contains { lines[1].contains($0.rawValue) }, "\(lines[1])")
    #expect(lines[1].contains("%"))
    #expect(!lines[1].contains("unknown"), "nobody is registered, so nobody is asked for")
    #expect(lines[2].hasSuffix("plain.pgm  no face"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: program.home.path).isEmpty)
  }

  @Test("a folder is named as one, with what to do")
  func folder() throws {
    let program = try Program()
    let result = try program.emus("look", program.home.path)
    #expect(result.status == 66)
    #expect(result.errors.contains(program.home.path + ": a folder"), "\(result.errors)")
  }

  @Test("without an image it is a usage error")
  func usage() throws { #expect(try Program().emus("look", "--json").status == 64) }

  @Test("a picture at which the eye crashes is named, and the others are read")
  func crash() throws {
    let place = try InstalledProgram()
    let look = EyeReply.looked(number: 3, Look(width: 9, height: 9))
    _ = try place.program.file("reply", EyeFraming.encode(look))
    try place.fakeEye(
      """
      if [ -e "$0.crashed" ]; then cat "${0%/*/*}/reply"; exec cat >/dev/null; fi
      touch "$0.crashed"; head -c 1 >/dev/null; kill -SEGV $$
      """)
    let result = try place.emus("look", "deadly.png", "fine.png", "--json")
    #expect(result.status == 66, "\(result.errors)")
    let lines = try objects(result)
    #expect(lines.count == 2)
    #expect((lines.first?["error"] as? String)?.contains("crashed") == true, "\(lines)")
    #expect((lines.first?["error"] as? String)?.contains("deadly.png") == true)
    #expect(lines.last?["file"] as? String == "fine.png")
    #expect(lines.last?["error"] == nil)
  }

  @Test("an eye that crashes whatever it is shown ends it")
  func crashes() throws {
    let place = try InstalledProgram()
    try place.fakeEye("head -c 1 >/dev/null; kill -SEGV $$")
    let result = try place.emus("look", "a", "b", "c", "d", "e", "--json")
    #expect(result.status == 1, "\(result.status) \(result.errors)")
    #expect(try objects(result).count == 2)
  }

  @Test("a network that answers with no numbers is told beside the face")
  func notANumber() throws {
    let place = try InstalledProgram()
    let box = Box(x: 1, y: 1, width: 5, height: 5)
    let seen = SeenFace(face: Face(box: box, brightness: 0.5, contrast: 0.2))
    let reply = EyeReply.looked(number: 1, Look(width: 9, height: 9, faces: [seen]))
    _ = try place.program.file("reply", EyeFraming.encode(reply))
    try place.fakeEye("cat \"${0%/*/*}/reply\"; exec cat >/dev/null")
    let result = try place.emus("look", "face.png", "--json")
    #expect(result.status == 69, "\(result.errors)")
    let object = try result.object()
    #expect((object["error"] as? String)?.contains("face.png") == true)
    let face = try #require((object["faces"] as? [[String: Any]])?.first)
    #expect(face["emotion"] is NSNull)
    #expect(face["box"] as? [Int] == [1, 1, 5, 5])
  }
}
