import Foundation
import Glibc
import Perception
import VisionOpenCV

/// Counts what the face detector finds in labelled photographs, in pictures without people, and
/// in films. A labelled box is found where a face overlaps it by 0.3 (intersection over union),
/// each face for one box; a face left over is a false one.
struct DetectionFigures {
  struct Photographs {
    var labelled = 0
    var found = 0
    var falseBoxes = 0
  }

  struct Film {
    var frames = 0
    var frontal = 0
    var profile = 0
    /// Processor time of the detector for each frame, milliseconds.
    var cost = Sample()
    var total = 0.0

    var mean: Double { total / Double(max(1, frames)) }
    var seen: Double { Double(frontal + profile) / Double(max(1, frames)) }
  }

  /// Holds `photos`, `no-face`, `no-face-indoor`, `yale` and `video`.
  let folder: String
  private let detector: FaceDetector

  init(folder: String) throws {
    self.folder = folder
    detector = try FaceDetector()
  }

  func photographs() throws -> Photographs {
    var figures = Photographs()
    let table = try String(contentsOfFile: folder + "/photos/labels.csv", encoding: .utf8)
    for line in table.split(whereSeparator: \.isNewline).dropFirst() {
      guard let name = line.split(separator: ",").first else { continue }
      let labelled = Self.boxes(in: line)
      var faces = try faces(in: folder + "/photos/" + name)
      figures.labelled += labelled.count
      for box in labelled {
        let overlaps = faces.map { Self.overlap($0, box) }
        guard let best = overlaps.max(), best >= 0.3, let index = overlaps.firstIndex(of: best)
        else { continue }
        faces.remove(at: index)
        figures.found += 1
      }
      figures.falseBoxes += faces.count
    }
    return figures
  }

  /// Faces in all images of a folder, and in how many images there are any.
  func faces(ofFolder name: String) throws -> (images: Int, withFace: Int, faces: Int) {
    var figures = (images: 0, withFace: 0, faces: 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/" + name)
    for file in names.sorted() where [".jpg", ".png"].contains(where: file.hasSuffix) {
      let count = try faces(in: "\(folder)/\(name)/\(file)").count
      figures.images += 1
      figures.withFace += count > 0 ? 1 : 0
      figures.faces += count
    }
    return figures
  }

  /// A film as the player follows it, every frame.
  func film(_ name: String, each body: (Int, FaceSighting?) -> Void = { _, _ in }) throws -> Film {
    detector.forget()
    let source = try FrameSource.open(.path(folder + "/video/" + name))
    var film = Film()
    while let frame = try source.next() {
      let start = Self.processorTime
      let seen = try detector.follow(
        in: frame, at: Double(film.frames) / source.framesPerSecond)
      let cost = (Self.processorTime - start) * 1000
      film.cost.add(cost)
      film.total += cost
      body(film.frames, seen.face)
      film.frames += 1
      film.frontal += seen.face?.view == .frontal ? 1 : 0
      film.profile += seen.face?.view == .profile ? 1 : 0
    }
    return film
  }

  /// Share of a core that the detector takes for a camera of fifteen frames a second in a room
  /// that has been empty for `wait` seconds, one number for each of the first `rooms` pictures.
  func emptyRooms(_ rooms: Int, after wait: Double) throws -> Sample {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/no-face-indoor")
      .filter { $0.hasSuffix(".jpg") }.sorted()
    var shares = Sample()
    for name in names.prefix(rooms) {
      detector.forget()
      guard let frame = try FrameSource.open(.path("\(folder)/no-face-indoor/\(name)")).next()
      else { continue }
      let (rate, watched) = (15.0, 12.0)
      var start = Self.processorTime
      for look in 0..<Int((wait + watched) * rate) {
        if look == Int(wait * rate) { start = Self.processorTime }
        _ = try detector.follow(in: frame, at: Double(look) / rate)
      }
      shares.add((Self.processorTime - start) / watched)
    }
    return shares
  }

  /// Side of the followed face by that of the same face in the whole frame, every sixth frame of
  /// the first few seconds: classifier and recogniser are to see the same crop.
  func sides(_ name: String) throws -> Sample {
    detector.forget()
    let alone = try FaceDetector()
    let source = try FrameSource.open(.path(folder + "/video/" + name))
    var sides = Sample()
    for place in 0..<180 {
      guard let frame = try source.next() else { break }
      let time = Double(place) / source.framesPerSecond
      let followed = try detector.follow(in: frame, at: time).face
      guard place % 6 == 0, let followed, followed.view == .frontal,
        let whole = try alone.sightings(in: frame).first, whole.view == .frontal,
        Self.overlap(whole.box, followed.box) > 0.3
      else { continue }
      sides.add(Double(followed.box.width) / Double(whole.box.width))
    }
    return sides
  }

  private func faces(in path: String) throws -> [Box] {
    guard let frame = try FrameSource.open(.path(path)).next() else { return [] }
    return try detector.faces(in: frame)
  }

  /// Seconds.
  static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// `name,"x,y,w,h x,y,w,h",...`
  private static func boxes(in line: Substring) -> [Box] {
    let cells = line.split(separator: "\"", omittingEmptySubsequences: false)
    guard cells.count > 1 else { return [] }
    return cells[1].split(separator: " ").compactMap { text in
      let numbers = text.split(separator: ",").compactMap { Int($0) }
      guard numbers.count == 4 else { return nil }
      return Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }
  }

  private static func overlap(_ one: Box, _ other: Box) -> Double {
    let width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    let height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    let common = Double(max(0, width) * max(0, height))
    return common / (Double(one.width * one.height + other.width * other.height) - common)
  }
}
