import Foundation
import Perception
import Testing

@Suite("emus train hog")
struct TrainHogTests {
  private static let keys: Set = [
    "file", "bytes", "learned", "failed", "held_out", "not_found", "accuracy", "macro_f1", "ece",
    "per_class", "confusion", "temperature", "seconds",
  ]

  /// Stripes whose direction is the emotion, 48 pixels wide; each `variant` is another picture.
  private func stripes(_ emotion: Int, _ variant: Int) -> [UInt8] {
    let angle = Double(emotion) * .pi / 7
    let width = 6 + Double(variant % 4)
    return (0..<48 * 48).map { pixel in
      let (row, column) = (Double(pixel / 48), Double(pixel % 48))
      let along = column * cos(angle) + row * sin(angle)
      return UInt8(128 + 80 * sin(2 * .pi * along / width + Double(variant)))
    }
  }

  /// A folder of images for each emotion.
  private func folder(
    _ program: Program, _ emotions: [Emotion] = Emotion.allCases, each count: Int = 12
  ) throws -> String {
    for (place, emotion) in Emotion.allCases.enumerated() where emotions.contains(emotion) {
      for variant in 0..<count {
        _ = try program.file(
          "set/\(emotion.rawValue)/\(variant).pgm",
          Array("P5\n48 48\n255\n".utf8) + stripes(place, variant))
      }
    }
    return program.folder.appendingPathComponent("set").path
  }

  private func out(_ program: Program) throws -> String {
    let file = try program.file("out/keep", [])
    return (file as NSString).deletingLastPathComponent
  }

  @Test("weights come into a folder whose name is not UTF-8")
  func byteName() throws {
    let program = try Program()
    _ = try folder(program)
    let result = try program.bash(
      #"""
      mv set $'s\xff'
      emus train hog --cropped --json --data $'s\xff' --out $'w\xff/x' && ls $'w\xff/x'
      """#)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasSuffix("}\nhog.svm\n"), "\(result.output)")
    #expect(result.output.contains(#"/w\\xFF/x/hog.svm","file_bytes":"#), "\(result.output)")
  }

  @Test("a folder of images becomes weights by which the player, look and evaluate can read")
  func whole() throws {
    let place = try InstalledProgram()
    let data = try folder(place.program)
    let file = place.weights.appendingPathComponent("hog.svm").path
    let before = try place.emus("--once", "--classifier", "hog", "--source", "demo")
    #expect(before.status == 69, "\(before.status) \(before.errors)")
    #expect(before.errors.contains(file) && before.errors.split(separator: "\n").count == 1)
    let trained = try place.emus(
      "train", "hog", "--data", data, "--cropped", "--seed", "7", "--json")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(trained.errors.isEmpty, "\(trained.errors)")
    let object = try trained.object()
    #expect(Set(object.keys) == Self.keys)
    #expect(object["file"] as? String == file)
    #expect(object["learned"] as? Int == 7 * 11 && object["held_out"] as? Int == 7)
    #expect(try #require(object["accuracy"] as? Double) > 0.8)
    #expect(object["bytes"] as? Int == (try Data(contentsOf: URL(fileURLWithPath: file))).count)
    let classes = try #require(object["per_class"] as? [String: [String: Double]])
    #expect(Set(classes.keys) == Set(Emotion.allCases.map(\.rawValue)))
    let measured = try place.emus(
      "evaluate", "faces", "--data", data, "--cropped", "--classifier", "hog", "--json"
    ).object()
    #expect(try #require(measured["accuracy"] as? Double) > 0.9)
    let other = try place.emus("evaluate", "faces", "--data", data, "--cropped", "--json").object()
    #expect(other["confusion"] as? [[Int]] != measured["confusion"] as? [[Int]])
    let once = try place.emus("--once", "--classifier", "hog", "--source", "demo", "--json")
    #expect(once.status == 0, "\(once.errors)")
    let emotion = try #require(try once.object()["emotion"] as? [String: Any])
    let probabilities = try #require(emotion["probabilities"] as? [String: Double])
    #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-9)
    let face = place.program.folder.appendingPathComponent("demo.pgm").path
    try DemoPicture.write(to: face)
    #expect(try place.emus("look", face, "--classifier", "hog").status == 0)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: file))
    let damaged = try place.emus("look", face, "--classifier", "hog")
    #expect(damaged.status == 69 && damaged.errors.contains(file), "\(damaged.errors)")
    #expect(try place.emus("look", face).status == 0, "the network is whole")
  }

  @Test("the project's own weights read the demo face")
  func demo() throws {
    let program = try Program()
    let result = try program.emus("--once", "--source", "demo", "--classifier", "hog", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let hog = try #require(try result.object()["emotion"] as? [String: Any])
    #expect((hog["probabilities"] as? [String: Double])?.count == 7)
    let network = try program.emus("--once", "--source", "demo", "--json").object()["emotion"]
    #expect((network as? [String: Any])?["confidence"] as? Double != hog["confidence"] as? Double)
  }

  @Test("a table's rows of usage Training are learned from, those of PublicTest held out")
  func usages() throws {
    let program = try Program()
    func rows(_ usage: String, _ variants: Range<Int>) -> [String] {
      variants.flatMap { variant in
        (0..<7).map { emotion in
          let pixels = stripes(emotion, variant).map(String.init).joined(separator: " ")
          return "\(emotion),\(pixels),\(usage)"
        }
      }
    }
    let lines =
      ["emotion,pixels,Usage"] + rows("Training", 0..<9) + rows("PublicTest", 9..<11)
      + rows("PrivateTest", 11..<12)
    let path = try program.file("fer2013.csv", Array(lines.joined(separator: "\n").utf8))
    let out = try out(program)
    let object = try program.emus("train", "hog", "--data", path, "--out", out, "--json").object()
    #expect(object["learned"] as? Int == 63 && object["held_out"] as? Int == 14)
    // Without such rows a tenth of each emotion is held out.
    let training = lines.filter { !$0.hasSuffix("PublicTest") }.joined(separator: "\n")
    let plain = try program.file("plain.csv", Array(training.utf8))
    let tenth = try program.emus(
      "train", "hog", "--data", plain, "--out", out, "--replace", "--json")
    #expect(tenth.status == 0, "\(tenth.errors)")
    #expect(try tenth.object()["learned"] as? Int == 56)
    #expect(try tenth.object()["held_out"] as? Int == 7)
    // Nor do rows whose emotion is none of the seven end what was read already.
    let bad = try program.file("bad.csv", Array((training + "\n9,0 0 0,PublicTest\n").utf8))
    let held = try program.emus("train", "hog", "--data", bad, "--out", out, "--replace", "--json")
    #expect(held.status == 0, "\(held.errors)")
    #expect(try held.object()["held_out"] as? Int == 7)
    #expect((try held.object()["failed"] as? [[String: Any]])?.count == 1)
    let text = try program.emus("train", "hog", "--data", plain, "--out", out, "--replace")
    for word in ["learned from 56 faces", "accuracy", "surprise", "hog.svm"] {
      #expect(text.output.contains(word), "\(text.output)")
    }
  }

  @Test("what cannot be learned from exits 66, or 64, and leaves the old weights")
  func badData() throws {
    let program = try Program()
    let out = try out(program)
    let old = try program.file("out/hog.svm", Array("old".utf8))
    func run(_ arguments: String...) throws -> Program.Result {
      try program.run(
        Program.binaries.appendingPathComponent("emus").path,
        ["train", "hog", "--out", out, "--replace", "--home", program.home.path] + arguments)
    }
    #expect(try run("--data", "/nonexistent/set").status == 66)
    #expect(try run("--data", try program.file("empty.csv", [])).status == 66)
    #expect(try run().status == 64)
    let zeros = Array(repeating: "0", count: 48 * 48).joined(separator: " ")
    let head = try program.file("head.csv", Array("emotion,pixels,Usage\n".utf8))
    let none = try run("--data", head)
    #expect(none.status == 66 && none.errors.contains("no labelled face"), "\(none.errors)")
    #expect(try run("--data", head, "--usage", "Testing").status == 66)
    let rows = ["emotion,pixels,Usage", "3,\(zeros),PublicTest"].joined(separator: "\n")
    let other = try program.file("other.csv", Array(rows.utf8))
    let elsewhere = try run("--data", other)
    #expect(elsewhere.status == 66 && elsewhere.errors.contains("PublicTest"))
    #expect(try run("--data", other, "--usage", "Testing").status == 64)
    let long = "/" + String(repeating: "x", count: 66_000)
    let names = try program.file("names.csv", Array("file,emotion\n\(long),happy\n".utf8))
    let unnamed = try run("--data", names)
    #expect(unnamed.errors.contains("File name too long"), "\(unnamed.errors.suffix(200))")
    #expect(!unnamed.errors.contains("the eye"), "\(unnamed.errors.suffix(200))")
    let blank = try program.file(
      "blank.csv", Array("emotion,pixels,Usage\n3,\(zeros),\n".utf8))
    let unused = try run("--data", blank)
    #expect(unused.status == 66 && unused.errors.contains("no rows of usage Training"))
    let seed = try run("--data", "x", "--seed", "-1")
    #expect(seed.status == 64)
    #expect(seed.errors.contains("'-1' is invalid"), "\(seed.errors)")
    #expect(seed.errors.contains("a whole number from 0"), "\(seed.errors)")
    let two = try run("--data", try folder(program, [.happy, .sad]), "--cropped")
    #expect(two.status == 66, "\(two.status) \(two.errors)")
    #expect(two.errors.contains("angry") && !two.errors.contains("happy"), "\(two.errors)")
    let notFound = try run("--data", try folder(program))
    #expect(notFound.status == 66, "no face is in stripes: \(notFound.errors)")
    #expect(try String(contentsOfFile: old, encoding: .utf8) == "old")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: out).sorted() == ["hog.svm", "keep"])
  }

  @Test("weights that are there are replaced only where that is asked for")
  func replacing() throws {
    let place = try InstalledProgram()
    let file = place.weights.appendingPathComponent("hog.svm")
    try Data("old".utf8).write(to: file)
    let data = try folder(place.program)
    let arguments = ["train", "hog", "--data", data, "--cropped"]
    for out in [[], ["--out", place.weights.path]] {
      let refused = try place.run(arguments + out)
      #expect(refused.status == 73, "\(refused.status) \(refused.errors)")
      #expect(refused.errors.contains(file.path) && refused.errors.contains("--replace"))
      #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
      #expect(try String(contentsOf: file, encoding: .utf8) == "old")
    }
    let trained = try place.run(arguments + ["--replace"])
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(try Data(contentsOf: file).starts(with: Array("EMUSHOG1".utf8)))
  }

  @Test("a training that is refused leaves no folder behind")
  func noFolder() throws {
    let program = try Program()
    let two = try folder(program, [.happy, .sad])
    let around = program.folder.appendingPathComponent("around")
    try FileManager.default.createDirectory(at: around, withIntermediateDirectories: false)
    let refused = try program.emus(
      "train", "hog", "--data", two, "--cropped", "--out", around.path + "/new/inner")
    #expect(refused.status == 66, "\(refused.status) \(refused.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: around.path).isEmpty)
  }

  @Test("a place that cannot be written is told before anything is read")
  func unwritable() throws {
    let program = try Program()
    let file = try program.file("file", [])
    for place in [file, file + "/inner/folder"] {
      let result = try program.emus(
        "train", "hog", "--data", "/nonexistent/set", "--out", place)
      #expect(result.status == 1 && result.errors.contains(file), "\(place): \(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
    let name = program.folder.appendingPathComponent("new.svm").path
    let named = try program.emus("train", "hog", "--data", "/nonexistent/set", "--out", name)
    #expect(named.status == 64 && named.errors.contains("--out takes the folder"))
    #expect(try String(contentsOfFile: file, encoding: .utf8).isEmpty, "it is as it was")
  }

  @Test("a folder that is missing is made, once there is something to learn from")
  func missingFolder() throws {
    let program = try Program()
    let place = program.folder.appendingPathComponent("new/inner").path
    let nothing = try program.emus("train", "hog", "--data", "/nonexistent/set", "--out", place)
    #expect(nothing.status == 66, "\(nothing.errors)")
    #expect(!FileManager.default.fileExists(atPath: place))
    let data = try folder(program)
    let trained = try program.emus(
      "train", "hog", "--data", data, "--cropped", "--out", place, "--json")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(try trained.object()["file"] as? String == place + "/hog.svm")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["hog.svm"])
    // What cannot be made for another reason is one line, too.
    let refused = try program.emus(
      "train", "hog", "--data", data, "--cropped", "--out", "/proc/weights")
    #expect(refused.status == 1 && refused.errors.contains("/proc"), "\(refused.errors)")
    #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
  }

  @Test("a classifier of no such name is a usage error, before and after the command's name")
  func wrongName() throws {
    let program = try Program()
    #expect(try program.emus("--once", "--source", "demo", "--classifier", "tree").status == 64)
    #expect(try program.emus("look", "a.png", "--classifier", "tree").status == 64)
    #expect(
      try program.emus("evaluate", "faces", "--data", "x", "--classifier", "").status == 64)
    // Before the name it counts as well: the missing weights of HOG are what stops it.
    let place = try InstalledProgram()
    let face = place.program.folder.appendingPathComponent("demo.pgm").path
    try DemoPicture.write(to: face)
    let result = try place.emus("--classifier", "hog", "look", face)
    #expect(result.status == 69 && result.errors.contains("hog.svm"), "\(result.errors)")
  }
}
