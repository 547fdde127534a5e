import Foundation
import Perception
import TestSupport
import Testing

/// `emus-eye` as the player meets it: a child behind two pipes.
@Suite(.enabled(if: Place.eye != nil, "needs emus-eye beside the tests (swift build)"))
struct EyeProgramTests {
  private let scratch: TemporaryFolder
  private let weights: String

  init() throws {
    scratch = try TemporaryFolder()
    weights = try scratch.write(OnnxBytes.network(), to: "emotion.onnx")
  }

  /// What the program replies to the requests, and how it ends when its input ends.
  private func run(
    _ bytes: [UInt8], arguments: [String]? = nil, wrapper: [String] = [],
    until isLast: @escaping (EyeReply) -> Bool = { $0 == .ended || $0.isTrouble }
  ) throws -> (replies: [EyeReply], status: Int32) {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    let command = wrapper + [try #require(Place.eye)] + (arguments ?? ["--weights", weights])
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    var replies: [EyeReply] = []
    var decoder = EyeFrameDecoder<EyeReply>()
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    reading: while !bytes.isEmpty {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      decoder.append(data)
      while let reply = try decoder.next() {
        replies.append(reply)
        if isLast(reply) { break reading }
      }
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    return (replies, process.terminationStatus)
  }

  @Test("it looks once and ends with its input")
  func once() throws {
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let (replies, status) = try run(EyeFraming.encode(EyeRequest.once(.path(image))))
    #expect(replies.count == 4)
    #expect(replies.last == .ended)
    #expect(status == 0)
  }

  @Test("a new source replaces the last at once")
  func replaces() throws {
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let requests: [EyeRequest] = [
      .open(.demo, rate: 15), .once(.path(scratch.path + "/none")), .open(.path(image), rate: 5),
      .close, .once(.demo),
    ]
    let (replies, status) = try run(
      requests.flatMap { EyeFraming.encode($0) }, until: { $0 == .ended })
    #expect(replies.contains { $0.isTrouble })
    #expect(replies.last == .ended)
    #expect(status == 0)
  }

  @Test("requests that came together do not hurry a picture that stays")
  func burst() throws {
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let nobody = EyeRequest.gallery([])
    let requests: [EyeRequest] = [.open(.path(image), rate: 15), nobody, nobody, nobody]
    var reports = 0
    let (replies, _) = try run(requests.flatMap { EyeFraming.encode($0) }) { reply in
      if case .glimpse = reply { reports += 1 }
      return reports == 3
    }
    let times = replies.compactMap {
      if case .glimpse(let glimpse) = $0 { glimpse.time } else { nil }
    }
    #expect(times.count == 3)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 > 0.4 }, "\(times)")
  }

  @Test("it ends at once when nobody asks anything")
  func silence() throws {
    #expect(try run([]).status == 0)
  }

  @Test("it says what it cannot follow, and ends")
  func nonsense() throws {
    let (replies, status) = try run(Array("hello, are you there?".utf8), until: { _ in false })
    #expect(replies.count == 1)
    #expect(replies.first?.isTrouble == true)
    #expect(status != 0)
  }

  @Test("wrong arguments are a usage error")
  func usage() throws {
    #expect(try run([], arguments: ["--wieghts", "x"]).status == 64)
    #expect(try run([], arguments: ["--weights"]).status == 64)
    #expect(try run([], arguments: []).status == 64)
    let sum = String(repeating: "a", count: 64)
    #expect(
      try run([], arguments: ["--classifier", "hog", "--weights", "x", "--checksum", sum]).status
        == 64)
  }

  /// Root may read everything: the eye runs as nobody then.
  private static let asNobody =
    getuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--clear-groups"] : []

  @Test(
    "what may not be read is refused with that reason",
    .enabled(
      if: asNobody.first.map(FileManager.default.isExecutableFile) ?? true,
      "needs setpriv, as root may read everything"))
  func forbidden() throws {
    let folder = try scratch.folder("secret")
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    for path in [folder, image] {
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
      let (replies, _) = try run(
        EyeFraming.encode(EyeRequest.once(.path(path))), wrapper: Self.asNobody)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
      guard case .trouble(let trouble) = try #require(replies.last) else {
        Issue.record("no trouble with \(path): \(replies)")
        continue
      }
      #expect(trouble.kind == .input)
      #expect(trouble.message.contains("no permission"), "\(trouble.message)")
    }
  }
}

extension EyeReply {
  fileprivate var isTrouble: Bool { if case .trouble = self { true } else { false } }
}
