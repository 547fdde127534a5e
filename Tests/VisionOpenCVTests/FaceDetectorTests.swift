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

  @Test("a picture that is a mere strip costs no more than its pixels, and holds nobody")
  func strip() throws {
    for (width, height) in [(900_000, 1), (1, 900_000), (40_000, 30)] {
      let frame = try Frame(
        gray: [UInt8](repeating: 90, count: width * height), width: width, height: height)
      #expect(try detector.sightings(in: frame).isEmpty)
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
    var last = try #require(try detector.follow(in: try frame(at: 0), at: 0).face).box
    for index in 1..<45 {
      let time = Double(index) / 15
      let (face, count) = try detector.follow(in: try frame(at: time), at: time)
      let box = try #require(face).box
      #expect(overlap(box, last) > 0.6, "frame \(index): \(last) to \(box)")
      #expect(count == 1)
      last = box
    }
    let found = try #require(try detector.faces(in: try frame(at: 3)).first)
    #expect(found.holdsCentre(of: last))
  }

  @Test("a nearer face that comes up is seen within ten frames")
  func nearer() throws {
    let wall = DrawnPicture(level: 128, width: 640, height: 300)
    let alone = wall.with(DrawnPicture(width: 240, height: 180), x: 0)
    let small = try alone.frame()
    let both = try alone.with(DrawnPicture(width: 400, height: 300), x: 240).frame()
    #expect(try #require(try detector.follow(in: small, at: 0).face).box.x < 200)
    var places: [Int] = []
    for index in 1...11 {
      places.append(try #require(try detector.follow(in: both, at: Double(index)).face).box.x)
    }
    #expect(places.contains { $0 > 300 })
    #expect(places.last.map { $0 > 300 } == true)
  }

  @Test(
    "a followed face has about the side that it has in the whole frame",
    arguments: [0.0, 14])
  func side(from start: Double) throws {
    let alone = try FaceDetector()
    var sides: [Double] = []
    for index in 0..<24 {
      let time = start + Double(index) / 15
      let followed = try #require(
        try detector.follow(in: try frame(at: time), at: Double(index) / 15).face)
      guard index >= 6 else { continue }
      let whole = try #require(try alone.sightings(in: try frame(at: time)).first)
      sides.append(Double(followed.box.width) / Double(whole.box.width))
    }
    let median = sides.sorted()[sides.count / 2]
    #expect((0.92...1.08).contains(median), "\(median)")
  }

  @Test("the same holds of one that is far away")
  func farSide() throws {
    let alone = try FaceDetector()
    let wall = DrawnPicture(level: 90, width: 640, height: 480)
    var sides: [Double] = []
    for index in 0..<24 {
      let drawn = DrawnPicture(width: 120, height: 90, at: Double(index) / 15)
      let picture = try wall.with(drawn, x: 250 + index, y: 180).frame()
      let followed = try #require(
        try detector.follow(in: picture, at: Double(index) / 15).face)
      guard index >= 6 else { continue }
      let whole = try #require(try alone.sightings(in: picture).first)
      sides.append(Double(followed.box.width) / Double(whole.box.width))
    }
    let median = sides.sorted()[sides.count / 2]
    #expect((0.92...1.08).contains(median), "\(median)")
  }

  @Test("who comes back to a room that was empty for a minute is seen within half a second")
  func backAfterLong() throws {
    let wall = try DrawnPicture(level: 120).frame()
    for index in 0..<40 {
      #expect(try detector.follow(in: wall, at: Double(index) * 1.5).face == nil)
    }
    let seen = try (0..<8).map { index in
      try detector.follow(in: try frame(at: 0), at: 58.6 + Double(index) / 15).face != nil
    }
    #expect(seen.contains(true) && seen.first == false)
    #expect(seen.drop { !$0 }.allSatisfy { $0 })
  }

  @Test("a face that is gone is not followed, and one that sits down anew is seen at once")
  func goneAndBack() throws {
    let wall = try DrawnPicture(level: 120).frame()
    _ = try detector.follow(in: try frame(at: 0), at: 0)
    for index in 1...40 {
      let (face, count) = try detector.follow(in: wall, at: Double(index) / 15)
      #expect(face == nil)
      #expect(count == 0)
    }
    let (face, count) = try detector.follow(in: try frame(at: 0), at: 3)
    #expect(face?.view == .frontal)
    #expect(count == 1)
  }

  @Test("a face that leaves the frame is followed while half of it shows, and no longer")
  func leaves() throws {
    let drawn = DrawnPicture()
    let start = try #require(try detector.follow(in: try drawn.frame(), at: 0).face).box
    let way = 320 - start.x
    var lastSeen = 0
    for right in stride(from: 8, through: way + 8, by: 8) {
      let time = Double(right) / 120
      // The picture's own edge is repeated, so the wall follows the face.
      let face = try detector.follow(in: try drawn.moved(right: right).frame(), at: time).face
      if let box = face?.box {
        #expect(box.x > start.x - 8)
        lastSeen = right
      }
    }
    #expect(lastSeen >= start.width / 4)
    #expect(lastSeen < way)
  }

  @Test("a head that leans is followed", arguments: [-28.0, 28])
  func leans(_ degrees: Double) throws {
    let drawn = DrawnPicture()
    _ = try detector.follow(in: try drawn.frame(), at: 0)
    var views: [FaceView?] = []
    for index in 1...30 {
      let picture = drawn.leaning(degrees: min(1, Double(index) / 15) * degrees)
      views.append(try detector.follow(in: try picture.frame(), at: Double(index) / 15).face?.view)
    }
    #expect(views.count { $0 != nil } >= 28)
    #expect(views.suffix(10).contains(.frontal))
  }

  @Test("a face of less than half the width is not counted as a second one")
  func counts() {
    let boxes = [100, 60, 50, 49, 20].map {
      FaceSighting(box: Box(x: 0, y: 0, width: $0, height: $0))
    }
    #expect(boxes.countOfNear == 3)
    #expect([FaceSighting]().countOfNear == 0)
  }

  @Test("a face in the dark is found", arguments: [0.3, 0.1])
  func dark(_ light: Double) throws {
    let picture = DrawnPicture().mapped { UInt8(Double($0) * light) }
    let lit = try #require(try detector.faces(in: try frame(at: 0)).first)
    let found = try #require(try detector.faces(in: try picture.frame()).first)
    #expect(overlap(found, lit) > 0.5)
  }

  @Test("neither a black nor a white frame shows a face", arguments: [UInt8.min, .max])
  func blank(_ level: UInt8) throws {
    let blank = try DrawnPicture(level: level, width: 640, height: 480).frame()
    #expect(try detector.sightings(in: blank).isEmpty)
    _ = try detector.follow(in: try DrawnPicture(width: 640, height: 480).frame(), at: 0)
    #expect(try detector.follow(in: blank, at: 0.1) == (nil, 0))
  }

  @Test("a frame of another size does not upset it", arguments: [(1, 1), (3, 900), (20, 20)])
  func sizes(_ width: Int, _ height: Int) throws {
    _ = try detector.follow(in: try frame(at: 0), at: 0)
    let small = try DrawnPicture(level: 90, width: width, height: height).frame()
    #expect(try detector.follow(in: small, at: 0.1).face == nil)
    #expect(try detector.faces(in: small).isEmpty)
  }

  @Test(
    "19 of 20 faces in photographs are found, and hardly any where nobody is",
    .enabled(if: Place.photos != nil && Place.noFace != nil, "needs photographs"))
  func photographs() throws {
    var (labelled, found, ghosts) = (0, 0, 0)
    let folder = try #require(Place.photos)
    let table = try String(contentsOfFile: folder + "/labels.csv", encoding: .utf8)
    for line in table.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: "\"")
      let name = try #require(line.split(separator: ",").first)
      let faces = try detector.faces(in: try FrameSource.image(at: folder + "/" + name))
      // A picture without a labelled face has an empty cell, without quotes.
      for cell in cells.count > 1 ? cells[1].split(separator: " ") : [] {
        let side = cell.split(separator: ",").compactMap { Int($0) }
        let box = Box(x: side[0], y: side[1], width: side[2], height: side[3])
        labelled += 1
        if faces.contains(where: { overlap($0, box) >= 0.3 }) { found += 1 }
      }
    }
    for path in try Disk.images(in: try #require(Place.noFace)).prefix(60) {
      ghosts += try detector.faces(in: try FrameSource.image(at: path)).count
    }
    #expect(labelled > 50)
    #expect(Double(found) >= 0.95 * Double(labelled), "\(found) of \(labelled)")
    #expect(ghosts <= 1, "\(ghosts) in 60 pictures")
  }

  /// Intersection over union.
  private func overlap(_ one: Box, _ other: Box) -> Double {
    let width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    let height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    let common = Double(max(0, width) * max(0, height))
    return common / (Double(one.width * one.height + other.width * other.height) - common)
  }
}
