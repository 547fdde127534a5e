import Foundation
import Testing

@Suite("A kept calibration in the shell")
struct CalibrationInUseTests {
  @Test("look and evaluate faces read with the calibration of whom --user names, and only then")
  func named() throws {
    let program = try Program()
    let rest = try program.drawnFaces("rest", from: 1)
    let shown = try program.drawnFaces("set/sad", from: 25)
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
    let rest = try program.drawnFaces("rest", from: 1)
    let shown = try program.drawnFaces("shown", from: 25)
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
    let rest = try program.drawnFaces("rest", from: 1)
    let shown = try program.drawnFaces("shown", from: 25)
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
}
