import Foundation
import Testing

@Suite("Weights and their card")
struct WeightsTests {
  /// Every command that looks at faces.
  private func commands(_ place: InstalledProgram) throws -> [[String]] {
    let face = place.program.folder.appendingPathComponent("happy/demo.pgm")
    try FileManager.default.createDirectory(
      at: face.deletingLastPathComponent(), withIntermediateDirectories: true)
    try DemoPicture.write(to: face.path)
    return [
      ["--once", "--source", face.path], ["look", face.path],
      ["evaluate", "faces", "--data", place.program.folder.path], ["doctor"],
      ["user", "add", "mia", "--source", face.path],
    ]
  }

  private func run(_ place: InstalledProgram, _ arguments: [String]) throws -> Program.Result {
    try place.program.run(
      place.program.folder.appendingPathComponent("bin/emus").path,
      arguments + ["--home", place.program.home.path])
  }

  @Test("weights that are not those of the card are refused and named by every command")
  func mismatch() throws {
    let place = try InstalledProgram()
    let file = place.weights.appendingPathComponent("emotion.onnx")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    for command in try commands(place) where command[0] != "user" {
      let result = try run(place, command)
      #expect(result.status == 69, "\(command): \(result.status) \(result.errors)")
      let said = result.output + result.errors
      #expect(said.contains(file.path) && said.contains("checksum"), "\(command): \(said)")
      if command[0] != "doctor" {
        #expect(result.errors.split(separator: "\n").count == 1, "\(command): \(result.errors)")
      }
    }
  }

  @Test("untouched weights are taken by every command")
  func match() throws {
    let place = try InstalledProgram()
    for command in try commands(place) {
      let result = try run(place, command)
      #expect(result.status == 0, "\(command): \(result.status) \(result.errors)")
    }
  }

  @Test(
    "weights without a card that vouches for them are not used",
    arguments: [
      nil, "no card", "{\"temperature\": 1.1}", "{\"temperature\": 1.1, \"sha256\": \"12\"}",
      "{\"temperature\": 0, \"sha256\": \"\(String(repeating: "a", count: 64))\"}",
    ])
  func card(text: String?) throws {
    let place = try InstalledProgram()
    let card = place.weights.appendingPathComponent("emotion.json")
    try FileManager.default.removeItem(at: card)
    if let text { try Data(text.utf8).write(to: card) }
    // Without this file an installation whose card is missing would not be found at all.
    _ = try place.program.file("share/emus/Library/tracks.csv", [])
    for command in try commands(place) {
      let result = try run(place, command)
      #expect(result.status == 69, "\(command): \(result.status) \(result.errors)")
      #expect((result.output + result.errors).contains(card.path), "\(result.errors)")
    }
  }
}
