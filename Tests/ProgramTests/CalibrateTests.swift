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
