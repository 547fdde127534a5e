import Foundation
import Testing

@Suite("Weights and their card")
struct WeightsTests {
  /// Every command that looks at faces.
  private func commands(_ place: InstalledProgram) throws -> [[String]] {
    let face = place.program.folder.appendingPathComponent("set/happy/demo.pgm")
    try FileManager.default.createDirectory(
      at: face.deletingLastPathComponent(), withIntermediateDirectories: true)
    try DemoPicture.write(to: face.path)
    return [
      ["--once", "--source", face.path], ["look", face.path],
      ["evaluate", "faces", "--data", place.program.folder.path + "/set"], ["doctor"],
      ["user", "add", "mia", "--source", face.path],
    ]
  }

  /// Changes one bit; answers the file.
  private func damageWeights(of place: InstalledProgram) throws -> String {
    let file = place.weights.appendingPathComponent("emotion.onnx")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    return file.path
  }

  @Test(
    "the player says it too, and plays on", .enabled(if: TerminalSession.isAvailable, "needs tmux"))
  func player() throws {
    let place = try InstalledProgram()
    let file = try damageWeights(of: place)
    let session = try TerminalSession(
      place.program, "--source demo", columns: 160, emus: place.emus)
    try session.wait(for: "checksum")
    try session.wait(for: "♪")
    let log = try String(
      contentsOf: place.program.home.appendingPathComponent("state/emus.log"), encoding: .utf8)
    #expect(log.contains(file) && log.contains("checksum"), "\(log)")
  }

  @Test("weights that are not those of the card are refused and named by every command")
  func mismatch() throws {
    let place = try InstalledProgram()
    let file = try damageWeights(of: place)
    for command in try commands(place) where command[0] != "user" {
      let result = try place.run(command)
      #expect(result.status == 69, "\(command): \(result.status) \(result.errors)")
      let said = result.output + result.errors
      #expect(said.contains(file) && said.contains("checksum"), "\(command): \(said)")
      if command[0] != "doctor" {
        #expect(result.errors.split(separator: "\n").count == 1, "\(command): \(result.errors)")
      }
    }
  }

  @Test("doctor says which file is wrong, where the right one is, and how to see that it is right")
  func doctor() throws {
    let place = try InstalledProgram()
    let file = try damageWeights(of: place)
    func advice() throws -> (found: String, advice: String) {
      let result = try place.emus("doctor", "--json")
      #expect(result.status == 69, "\(result.errors)")
      let checks = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let eye = (checks as? [[String: Any]])?.first { $0["name"] as? String == "eye" }
      return (
        try #require(eye?["found"] as? String), try #require(eye?["advice"] as? String)
      )
    }
    let wrong = try advice()
    #expect(wrong.found.contains(file))
    let card = try Data(contentsOf: place.weights.appendingPathComponent("emotion.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: card) as? [String: Any])
    let sum = try #require(object["sha256"] as? String)
    for words in ["git checkout -- Weights", "make install", "sha256sum \(file)", sum] {
      #expect(wrong.advice.contains(words), "\(wrong.advice)")
    }
    #expect(!wrong.advice.contains("apt-get"))
    try FileManager.default.removeItem(atPath: file)
    let missing = try advice()
    #expect(missing.found.contains(file) && missing.advice.contains("git checkout -- Weights"))
    try FileManager.default.removeItem(at: place.weights.appendingPathComponent("emotion.json"))
    let noCard = try advice()
    #expect(noCard.found.contains("emotion.json") && noCard.advice.contains("emotion.onnx"))
    #expect(!noCard.advice.contains("sha256sum"), "no card, no sum: \(noCard.advice)")
  }

  @Test("doctor looks at the weights of HOG too, which the player can do without")
  func hog() throws {
    let place = try InstalledProgram()
    let file = place.weights.appendingPathComponent("hog.svm")
    func check() throws -> (state: String, found: String, advice: String?) {
      let result = try place.emus("doctor", "--json")
      #expect(result.status == 0, "\(result.output) \(result.errors)")
      let checks = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let hog = (checks as? [[String: Any]])?.first { $0["name"] as? String == "hog" }
      return (
        try #require(hog?["state"] as? String), try #require(hog?["found"] as? String),
        hog?["advice"] as? String
      )
    }
    let missing = try check()
    #expect(missing.state == "optional" && missing.found.contains(file.path), "\(missing)")
    var bytes = try Data(contentsOf: Program.checkout.appendingPathComponent("Weights/hog.svm"))
    try bytes.write(to: file)
    #expect(try check().state == "works")
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    let damaged = try check()
    #expect(damaged.state == "optional")
    #expect(damaged.found.contains(file.path) && damaged.found.contains("checksum"), "\(damaged)")
    for words in ["git checkout -- Weights/hog.svm", "emus train hog --data FACES --replace"] {
      #expect(damaged.advice?.contains(words) == true, "\(damaged)")
    }
  }

  @Test("a card whose classes are others, or in another order, is refused")
  func classes() throws {
    let place = try InstalledProgram()
    let path = place.weights.appendingPathComponent("emotion.json")
    let card = try String(contentsOf: path, encoding: .utf8)
    let swapped = card.replacing("\"angry\"", with: "\"x\"")
      .replacing("\"happy\"", with: "\"angry\"").replacing("\"x\"", with: "\"happy\"")
    for wrong in [swapped, card.replacing("\"neutral\"", with: "\"calm\"")] {
      try Data(wrong.utf8).write(to: path)
      for command in try commands(place) {
        let result = try place.run(command)
        #expect(result.status == 69, "\(command): \(result.status) \(result.errors)")
        let said = result.output + result.errors
        #expect(said.contains(path.path) && said.contains("classes"), "\(command): \(said)")
      }
    }
  }

  @Test("a program without its folder of weights reads with no others that lie about")
  func folder() throws {
    let place = try InstalledProgram()
    let share = place.weights.deletingLastPathComponent()
    for name in ["emotion.json", "../Library"] {
      try FileManager.default.removeItem(atPath: place.weights.path + "/" + name)
    }
    for command in try commands(place) where command[0] != "doctor" {
      let result = try place.run(command)
      #expect(result.status == 69, "\(command): \(result.status) \(result.errors)")
      #expect(result.errors.contains("no folder of weights"), "\(result.errors)")
    }
    #expect(try place.emus("doctor").status == 69)
    #expect(FileManager.default.fileExists(atPath: share.path + "/Weights/emotion.onnx"))
  }

  @Test("untouched weights are taken by every command")
  func match() throws {
    let place = try InstalledProgram()
    for command in try commands(place) {
      let result = try place.run(command)
      #expect(result.status == 0, "\(command): \(result.status) \(result.errors)")
    }
  }

  @Test(
    "weights without a card that vouches for them are not used",
    arguments: [
      nil, "no card", "{\"temperature\": 1.1}", "{\"temperature\": 1.1, \"sha256\": \"12\"}",
      "{\"temperature\": 1.1, \"sha256\": \"\(String(repeating: "a", count: 64))\"}",
      "{\"temperature\": 0, \"sha256\": \"\(String(repeating: "a", count: 64))\"}",
    ])
  func card(text: String?) throws {
    let place = try InstalledProgram()
    let card = place.weights.appendingPathComponent("emotion.json")
    try FileManager.default.removeItem(at: card)
    if let text { try Data(text.utf8).write(to: card) }
    for command in try commands(place) {
      let result = try place.run(command)
      #expect(result.status == 69, "\(command): \(result.status) \(result.errors)")
      #expect((result.output + result.errors).contains(card.path), "\(result.errors)")
    }
  }
}
