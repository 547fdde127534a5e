import Foundation
import Testing

@Suite(
  "Who it is, on photographs of people",
  .enabled(
    if: Photographs.areThere,
    "the photographs of the Yale face data set are not beside the checkout"))
struct IdentityTests {
  /// The images of one person, in the order of their names.
  private func images(of person: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Photographs.folder.path)
      .filter { $0.contains(person) }.sorted().map { Photographs.folder.path + "/" + $0 }
  }

  /// Registers a person from every other image, five in all; returns the rest.
  private func enrol(_ person: String, as name: String, _ program: Program) throws -> [String] {
    let all = try images(of: person)
    let chosen = stride(from: 0, to: 10, by: 2).map { all[$0] }
    for path in chosen {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      _ = try program.file("\(name)/\((path as NSString).lastPathComponent)", bytes)
    }
    let source = program.folder.appendingPathComponent(name).path
    let result = try program.emus("user", "add", name, "--source", source)
    #expect(result.status == 0, "\(result.errors)")
    return all.filter { !chosen.contains($0) }
  }

  private func user(in image: String, _ program: Program) throws -> String? {
    let object = try program.emus("--once", "--source", image, "--json").object()
    return (object["identity"] as? [String: Any])?["user"] as? String
  }

  @Test("two people from five images each are told apart, and a third is unknown")
  func threePeople() throws {
    let program = try Program()
    let probes = [
      "mia": try enrol("subject01", as: "mia", program),
      "ben": try enrol("subject02", as: "ben", program),
    ]
    var right = 0
    var wrong = 0
    for (name, images) in probes {
      for image in images {
        let user = try user(in: image, program)
        if user == name { right += 1 } else if user != nil { wrong += 1 }
      }
    }
    let strangers = try images(of: "subject03").compactMap { try user(in: $0, program) }
    #expect(wrong == 0)
    #expect(right * 10 >= (probes.values.map(\.count).reduce(0, +)) * 7, "\(right) right")
    #expect(strangers.count <= 1, "taken for \(strangers)")
  }

  @Test("a calibration on pictures of two people is warned of, on one person's in steady light not")
  func mixedCalibration() throws {
    let program = try Program()
    func calibrate(_ name: String, _ files: [String]) throws -> Program.Result {
      for path in files {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        _ = try program.file("\(name)/\((path as NSString).lastPathComponent)", bytes)
      }
      return try program.emus(
        "calibrate", "--source", program.folder.appendingPathComponent(name).path)
    }
    func steady(_ person: String) throws -> [String] {
      try images(of: person).filter { !$0.contains("leftlight") && !$0.contains("rightlight") }
    }
    let one = try calibrate("one", try steady("subject01"))
    // Not all of them are at rest, so that it may be refused; the warning stands on its own.
    #expect([0, 1].contains(one.status) && !one.errors.contains("not alike"), "\(one.errors)")
    let two = try calibrate(
      "two", Array(try steady("subject01").prefix(5)) + Array(try steady("subject08").prefix(5)))
    #expect([0, 1].contains(two.status), "\(two.errors)")
    #expect(two.errors.contains("groups that are not alike"), "\(two.errors)")
  }

  @Test("a name under which no face can be registered is refused before one is looked at")
  func names() throws {
    let program = try Program()
    let face = try program.drawnFaces("face", from: 1)
    #expect(try program.emus("user", "add", "Anna", "--source", face).status == 0)
    for name in ["guest", "Guest", "", "anna"] {
      let result = try program.emus("user", "add", name, "--source", "/nowhere")
      #expect(result.status == 64, "\(name): \(result.status) \(result.errors)")
    }
    let rename = try program.emus("user", "rename", "guest", "x")
    #expect(rename.status == 64 && rename.errors.contains("nothing is kept of a guest"))
    for (old, new) in [("Anna", "guest"), ("Anna", ""), ("default", "me"), ("Anna", "Default")] {
      #expect(try program.emus("user", "rename", old, new).status == 64, "\(old) \(new)")
    }
    let renamed = try program.emus("user", "rename", "Anna", "Ann", "--json").object()
    #expect(renamed["name"] as? String == "Ann" && renamed["frames"] is NSNull)
    let removed = try program.emus("user", "remove", "Ann", "--json").object()
    #expect(removed["name"] as? String == "Ann" && removed["forgotten"] as? Bool == true)
  }

  @Test("a name of composed letters and wide ones keeps its score and its column")
  func wideName() throws {
    let program = try Program()
    let face = try program.drawnFaces("face", from: 1)
    let name = "👩‍👩‍👧‍👦👩‍👩‍👧‍👦 Zoë 山"
    #expect(try program.emus("user", "add", name, "--source", face).status == 0)
    let result = try program.emus("look", face + "/0.pgm")
    #expect(result.output.contains(name + " (1.00)"), "\(result.output)")
    #expect(!result.output.contains("\u{FFFD}"))
  }

  @Test("the default listener is forgotten as wholly as others")
  func forgetsDefault() throws {
    let program = try Program()
    #expect(try program.emus("rate", "9", "Siren Room").status == 0)
    #expect(try program.emus("user", "remove", "default").status == 0)
    let ratings = try program.emus("stats", "--json").object()["ratings"] as? [String: Any]
    #expect(ratings?["count"] as? Int == 0)
  }

  @Test("what learns a face looks through the camera that the player is set to")
  func configuredCamera() throws {
    let program = try Program()
    _ = try program.file("home/config/emusrc", Array("set camera 77\nset nonsense 1\n".utf8))
    for arguments in [["calibrate"], ["user", "add", "zoe"]] {
      let result = try program.run(
        Program.binaries.appendingPathComponent("emus").path,
        arguments + ["--home", program.home.path])
      #expect(result.status == 69 && result.errors.contains("/dev/video77"), "\(result.errors)")
      #expect(result.errors.contains("emusrc:2"), "\(result.errors)")
    }
  }

  @Test("each listener has recommendations of their own after rating different songs")
  func ownRecommendations() throws {
    let program = try Program()
    for (name, person) in [("mia", "subject01"), ("ben", "subject02")] {
      _ = try enrol(person, as: name, program)
    }
    func rate(_ value: String, _ title: String, _ user: String) throws {
      let result = try program.emus("rate", value, title, "--user", user)
      #expect(result.status == 0, "\(result.errors)")
    }
    try rate("10", "Red Tango", "mia")
    try rate("1", "Winter Harbour", "mia")
    try rate("10", "Winter Harbour", "ben")
    try rate("1", "Red Tango", "ben")
    func first(_ user: String) throws -> [String] {
      let object = try program.emus("--once", "--source", "none", "--json", "--user", user).object()
      return (object["recommendations"] as? [[String: Any]] ?? []).compactMap {
        $0["title"] as? String
      }
    }
    let mia = try first("mia")
    let ben = try first("ben")
    #expect(mia.contains("Red Tango") && !mia.contains("Winter Harbour"), "\(mia)")
    #expect(ben.contains("Winter Harbour") && !ben.contains("Red Tango"), "\(ben)")
  }
}

private enum Photographs {
  static let folder = Program.checkout.deletingLastPathComponent()
    .appendingPathComponent("shared/data/faces/yale")
  static var areThere: Bool { FileManager.default.fileExists(atPath: folder.path) }
}
