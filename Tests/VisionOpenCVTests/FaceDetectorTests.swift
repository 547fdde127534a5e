import Foundation
import Perception
import TestSupport
import Testing

@testable import VisionOpenCV

@Suite struct FaceDetectorTests {
  private let detector: FaceDetector

  init() throws { detector = try FaceDetector(cascade: Installation.systemCascade) }

  private func frame(at time: Double) throws -> Frame { try FrameSource.drawnFace(at: time) }

  @Test("a missing or foreign cascade is an installation's trouble that names the file")
  func cascade() throws {
    let scratch = try TemporaryFolder()
    let text = try scratch.write(Array("<opencv_storage/>".utf8), to: "cascade.xml")
    for path in ["/nowhere/cascade.xml", text, scratch.path] {
      do {
        _ = try FaceDetector(cascade: path)
        Issue.record("\(path) was taken for a cascade")
      } catch {
        #expect(error.kind == .installation)
        #expect(error.message.contains(path))
      }
    }
  }

  @Test("the drawn face is found in nearly all of its frames, hardly ever with another")
  func drawnFace() throws {
    var found = 0
    var crowded = 0
    for index in 0..<40 {
      let boxes = try detector.faces(in: try frame(at: Double(index) * 0.5))
      if boxes.count > 1 { crowded += 1 }
      if let box = boxes.first, box.width > 80 { found += 1 }
    }
    #expect(found >= 36)
    #expect(crowded <= 2)
  }

  @Test("a followed face moves by little from frame to frame, and is the one in the frame")
  func follows() throws {
    var last = try #require(try detector.follow(in: try frame(at: 0)).face)
    for index in 1..<45 {
      let frame = try frame(at: Double(index) / 15)
      let (face, count) = try detector.follow(in: frame)
      let box = try #require(face)
      #expect(overlap(box, last) > 0.6, "frame \(index): \(last) to \(box)")
      #expect(count == 1)
      last = box
    }
    let found = try #require(try detector.faces(in: try frame(at: 3)).first)
    #expect(found.holdsCentre(of: last))
  }

  @Test("a nearer face that comes up is seen within ten frames")
  func nearer() throws {
    let small = try pasted([(width: 240, x: 0)])
    let both = try pasted([(width: 240, x: 0), (width: 400, x: 240)])
    #expect(try #require(try detector.follow(in: small).face).x < 200)
    var boxes: [Box] = []
    for _ in 0..<11 { boxes.append(try #require(try detector.follow(in: both).face)) }
    #expect(boxes.contains { $0.x > 300 })
    #expect(boxes.last.map { $0.x > 300 } == true)
  }

  /// Drawn faces on a gray wall of 640 x 300.
  private func pasted(_ faces: [(width: Int, x: Int)]) throws -> Frame {
    var wall = [UInt8](repeating: 128, count: 640 * 300)
    for face in faces {
      let (width, height) = (face.width, face.width * 3 / 4)
      let levels = DemoFace.render(at: 0, width: width, height: height)
      for row in 0..<height {
        let start = row * 640 + face.x
        wall.replaceSubrange(start..<start + width, with: levels[row * width..<(row + 1) * width])
      }
    }
    return try Frame(gray: wall, width: 640, height: 300)
  }

  @Test("a face that is gone is not followed")
  func gone() throws {
    _ = try detector.follow(in: try frame(at: 0))
    let gray = try Frame(
      gray: Array(repeating: 120, count: 320 * 240), width: 320, height: 240)
    let (face, count) = try detector.follow(in: gray)
    #expect(face == nil)
    #expect(count == 0)
  }

  @Test("a frame of another size does not upset it", arguments: [(1, 1), (3, 900), (20, 20)])
  func sizes(_ width: Int, _ height: Int) throws {
    _ = try detector.follow(in: try frame(at: 0))
    let small = try Frame(
      gray: Array(repeating: 90, count: width * height), width: width, height: height)
    #expect(try detector.follow(in: small).face == nil)
    #expect(try detector.faces(in: small).isEmpty)
  }

  @Test(
    "the largest face of photographs is found, and hardly any where nobody is",
    .enabled(if: Place.photos != nil && Place.noFace != nil, "needs photographs"))
  func photographs() throws {
    var (people, found, scenes, ghosts) = (0, 0, 0, 0)
    let folder = try #require(Place.photos)
    let table = try String(contentsOfFile: folder + "/labels.csv", encoding: .utf8)
    for line in table.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\"")
      let boxes = try #require(cells.count > 1 ? cells[1] : nil).split(separator: " ").map {
        $0.split(separator: ",").compactMap { Int($0) }
      }
      let truth = try #require(boxes.max { $0[2] * $0[3] < $1[2] * $1[3] })
      let name = try #require(line.split(separator: ",").first)
      let boxOfTruth = Box(x: truth[0], y: truth[1], width: truth[2], height: truth[3])
      people += 1
      let faces = try detector.faces(in: try FrameSource.image(at: folder + "/" + name))
      if faces.contains(where: { overlap($0, boxOfTruth) > 0.3 }) { found += 1 }
    }
    for path in try Disk.images(in: try #require(Place.noFace)).prefix(60) {
      scenes += 1
      detector.forget()
      if try detector.follow(in: try FrameSource.image(at: path)).face != nil { ghosts += 1 }
    }
    #expect(Double(found) >= 0.95 * Double(people), "\(found) of \(people)")
    #expect(Double(ghosts) <= 0.05 * Double(scenes), "\(ghosts) of \(scenes)")
  }

  /// Intersection over union.
  private func overlap(_ one: Box, _ other: Box) -> Double {
    let width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    let height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    let common = Double(max(0, width) * max(0, height))
    return common / (Double(one.width * one.height + other.width * other.height) - common)
  }
}
