import Foundation
import Perception
import Testing

@Suite("emus calibrate")
struct CalibrateTests {
  /// Frames of the drawn face from a part of its show, as a folder of images.
  private func folder(_ program: Program, _ name: String, from start: Double) throws -> String {
    var path = ""
    for place in 0..<4 {
      let pixels = DemoFace.render(at: start + Double(place) / 5, width: 320, height: 240)
      path = try program.file(
        "\(name)/\(place).pgm", Array("P5\n320 240\n255\n".utf8) + pixels)
    }
    return (path as NSString).deletingLastPathComponent
  }

  @Test("reads the drawn face, says what came of it, and takes it back")
  func demo() throws {
    let program = try Program()
    let result = try program.emus("calibrate", "--source", "demo", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let object = try result.object()
    #expect(
      Set(object.keys) == ["user", "changed", "expressions", "frames", "log_loss", "right"])
    #expect(object["user"] as? String == "default")
    #expect(object["expressions"] as? [String] == ["neutral"])
    #expect((object["frames"] as? Int ?? 0) >= 6)
    let changed = try #require(object["changed"] as? Bool)
    let loss = try #require(object["log_loss"] as? [String: Double])
    #expect(try #require(loss["after"]) <= #require(loss["before"]))
    let undo = try program.emus("calibrate", "--source", "demo", "--undo", "--json").object()
    #expect(undo["undone"] as? Bool == changed)
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
