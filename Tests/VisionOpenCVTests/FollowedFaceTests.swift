import Perception
import Testing

@testable import VisionOpenCV

/// What likeness alone does, which takes cascades that see no face: those for number plates.
@Suite struct FollowedFaceTests {
  private let blind: FaceCascades
  private let drawn = DrawnPicture()
  private let face: FollowedFace

  init() throws {
    var paths = FaceCascadePaths()
    let box = try #require(try FaceDetector().faces(in: try drawn.frame()).first)
    face = try FollowedFace(FaceSighting(box: box), in: try drawn.frame(), at: 0)
    let plates = "/usr/share/opencv4/haarcascades/haarcascade_licence_plate_rus_16stages.xml"
    (paths.frontal, paths.second, paths.profile) = (plates, plates, plates)
    blind = try FaceCascades(paths)
  }

  @Test("a face that no cascade sees is followed for a second, as one that cannot be read")
  func likeness() throws {
    var moved = face
    for tenth in 1...10 {
      let frame = try drawn.moved(right: 2 * tenth).frame()
      moved = try #require(try moved.next(in: frame, at: Double(tenth) / 10, blind))
      #expect(moved.sighting.view == .profile)
      #expect(abs(moved.sighting.box.x - face.sighting.box.x - 2 * tenth) <= 8)
    }
    #expect(try moved.next(in: try drawn.moved(right: 20).frame(), at: 1.1, blind) == nil)
  }

  @Test("a curtain where the face was is not taken for it")
  func curtain() throws {
    let folds = DrawnPicture(level: 0).stripes(width: 12)
    #expect(try face.next(in: try folds.frame(), at: 0.1, blind) == nil)
    #expect(try face.next(in: try DrawnPicture(level: 0).frame(), at: 0.1, blind) == nil)
  }

  @Test("a clock that runs backwards ends it")
  func backwards() throws {
    #expect(try face.next(in: try drawn.frame(), at: -1, blind) == nil)
    #expect(try face.next(in: try drawn.frame(), at: .nan, blind) == nil)
  }
}
