import Foundation
import Testing

@Suite("emus calibrate")
struct CalibrateTests {
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
    _ = try program.drawnFaces("rest", from: 1)
    _ = try program.drawnFaces("shown", from: 25)
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

  @Test("learns a shown expression, which --once then reads, for that listener alone")
  func folders() throws {
    let program = try Program()
    let rest = try program.drawnFaces("rest", from: 1)
    // Told that the drawn angry face is sad, it has something to learn for certain.
    let shown = try program.drawnFaces("shown", from: 25)
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

  @Test("a still that is watched like a film is one look, and what was not learnt is said")
  func still() throws {
    let program = try Program()
    let rest = try program.drawnFaces("rest", from: 1)
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
    let rest = try program.drawnFaces("rest", from: 1)
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
    .enabled(if: Program.hasEncoder, "needs ffmpeg"))
  func strangerInFilm() throws {
    let program = try Program()
    let film = try program.drawnFilm("mia.avi", from: 1)
    let added = try program.emus("user", "add", "mia", "--source", film)
    #expect(added.status == 0, "\(added.errors)")
    let refused = try program.emus("calibrate", "--source", film)
    #expect(refused.status == 2, "\(refused.status) \(refused.errors)")
    #expect(refused.errors.contains("mia's face: --user mia calibrates it"), "\(refused.errors)")
    let own = try program.emus("calibrate", "--source", film, "--user", "mia")
    #expect(own.status == 0, "\(own.status) \(own.errors)")
  }
}
