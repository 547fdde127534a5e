import Foundation
import Testing

@Suite("emus --once")
struct OnceTests {
  static let keys: Set = [
    "source", "face", "identity", "emotion", "mood", "policy", "recommendations", "timing_ms",
  ]

  @Test("without images recommends from taste and prints every key")
  func none() throws {
    let result = try Program().emus("--once", "--source", "none", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let object = try result.object()
    #expect(Set(object.keys) == Self.keys)
    #expect(object["emotion"] is NSNull)
    #expect((object["face"] as? [String: Any])?["found"] as? Bool == false)
    let timing = try #require(object["timing_ms"] as? [String: Any])
    for step in ["capture", "detect", "identify", "classify"] { #expect(timing[step] is NSNull) }
    #expect(timing["recommend"] is Double)
    let songs = try #require(object["recommendations"] as? [[String: Any]])
    #expect(songs.count == 5)
    #expect(Set(songs[0].keys) == ["id", "title", "artist", "path", "score", "reasons"])
    #expect((songs[0]["reasons"] as? [String])?.isEmpty == false)
  }

  @Test("finds and reads the demo face, which is never asked who it is")
  func demo() throws {
    let result = try Program().emus("--once", "--source", "demo", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let object = try result.object()
    #expect(Set(object.keys) == Self.keys)
    #expect(object["identity"] is NSNull)
    let emotion = try #require(object["emotion"] as? [String: Any])
    #expect(Set(emotion.keys) == ["label", "confidence", "probabilities", "unsure"])
    let probabilities = try #require(emotion["probabilities"] as? [String: Double])
    #expect(probabilities.count == 7)
    #expect(abs(probabilities.values.reduce(0, +) - 1) < 1e-6)
    #expect((object["mood"] as? [String: Any])?["source"] as? String == "demo")
    let timing = try #require(object["timing_ms"] as? [String: Double])
    #expect(Set(timing.keys) == ["capture", "detect", "identify", "classify", "recommend"])
    #expect((timing["detect"] ?? 0) > 0)
  }

  @Test("people read the mood in the player's words, how sure it is, and the likeliest emotion")
  func sentence() throws {
    let result = try Program().emus("--once", "--source", "demo")
    #expect(result.status == 0, "\(result.errors)")
    let first = try #require(result.output.split(separator: "\n").first)
    let form = /You seem [a-z ,]+ \((sure|fairly sure|unsure(: [a-z ]+)?)\): [a-z]+, [0-9]+ %\./
    #expect(first.wholeMatch(of: form) != nil, "\(first)")
  }

  @Test("a picture without a face exits 2 and still prints the object")
  func noFace() throws {
    let program = try Program()
    let result = try program.emus("--once", "--source", try program.plainImage(), "--json")
    #expect(result.status == 2)
    let object = try result.object()
    #expect(Set(object.keys) == Self.keys)
    #expect(object["recommendations"] is NSNull)
    #expect(result.errors.contains("no face"))
    let timing = try #require(object["timing_ms"] as? [String: Any])
    #expect(Set(timing.keys) == ["capture", "detect", "identify", "classify", "recommend"])
    #expect(try #require(timing["detect"] as? Double) > 0, "a face was sought")
    for step in ["identify", "classify", "recommend"] { #expect(timing[step] is NSNull) }
  }

  @Test("input that is missing or is no image exits 66 and names the file")
  func badInput() throws {
    let program = try Program()
    let truncated = Array("\u{89}PNG\r\n\u{1A}\n".unicodeScalars.map { UInt8($0.value) }) + [0, 0]
    let inputs = [
      "/nonexistent/face.png", try program.file("empty.jpg", []),
      try program.file("text.jpg", Array("not an image".utf8)),
      try program.file("cut.png", truncated),
      try program.file("folder/notes.txt", Array("x".utf8))
        .replacingOccurrences(of: "/notes.txt", with: ""),
    ]
    for input in inputs {
      let result = try program.emus("--once", "--source", input)
      #expect(result.status == 66, "\(input): \(result.status) \(result.errors)")
      #expect(result.errors.contains((input as NSString).lastPathComponent), "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }

  @Test("an absent camera exits 69")
  func noCamera() throws {
    let result = try Program().emus("--once", "--source", "/dev/video77")
    #expect(result.status == 69, "\(result.status) \(result.errors)")
  }

  @Test("a stranger exits 3 where a registered face is required")
  func stranger() throws {
    let program = try Program()
    _ = try program.file("home/config/emusrc", Array("set identity required\n".utf8))
    let face = program.folder.appendingPathComponent("demo.pgm").path
    try DemoPicture.write(to: face)
    let result = try program.emus("--once", "--source", face, "--json")
    #expect(result.status == 3, "\(result.status) \(result.errors)")
    #expect(try result.object()["recommendations"] is NSNull)
  }

  @Test("plays the first recommendation to its end")
  func plays() throws {
    let program = try Program()
    let tone = try program.tone("music/a.wav", seconds: 2)
    _ = try program.emus("scan", (tone as NSString).deletingLastPathComponent)
    let clock = ContinuousClock()
    let start = clock.now
    let result = try program.emus("--once", "--source", "none", "--play")
    #expect(result.status == 0, "\(result.errors)")
    #expect(clock.now - start > .seconds(1.7), "the tone of two seconds was not heard out")
  }

  @Test("what was found is told before the song begins, also to a file, and Ctrl-C ends the song")
  func tellsBeforeItPlays() throws {
    let program = try Program()
    let script = """
      '\(Program.binaries.appendingPathComponent("emus").path)' --once --play --source none \
        --home '\(program.home.path)' > '\(program.folder.path)/told' &
      for wait in $(seq 100); do [ -s '\(program.folder.path)/told' ] && break; sleep 0.1; done
      cat '\(program.folder.path)/told'; kill -INT $!; wait $!; echo "ended $?"
      """
    // Job control, lest the shell has it ignore the signal.
    let result = try program.run("/bin/bash", ["-mc", script])
    #expect(result.output.contains("Songs for default:"), "\(result.output)")
    #expect(result.output.hasSuffix("ended 0\n"), "\(result.output) \(result.errors)")
  }

  @Test("the demo face takes the place of a camera that is not there, where that is asked for")
  func fallback() throws {
    guard !(0..<10).contains(where: { FileManager.default.fileExists(atPath: "/dev/video\($0)") })
    else { return }
    let result = try Program().emus("--once", "--demo-fallback", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.object()["source"] as? String == "demo")
  }

  @Test("a first recommendation that cannot be played exits 66 and says why")
  func playsBroken() throws {
    let program = try Program()
    let tone = try program.tone("music/a.wav")
    _ = try program.emus("scan", (tone as NSString).deletingLastPathComponent)
    _ = try program.file("music/a.wav", Array("no music any more".utf8))
    let result = try program.emus("--once", "--source", "none", "--play")
    #expect(result.status == 66, "\(result.status) \(result.errors)")
    #expect(result.errors.contains("a.wav"), "\(result.errors)")
  }

  @Test("the policy is told even where no face was found")
  func policyWithoutFace() throws {
    let program = try Program()
    let result = try program.emus("--once", "--source", try program.plainImage(), "--json")
    #expect(result.status == 2)
    #expect(try result.object()["policy"] as? String == "match")
  }
}
