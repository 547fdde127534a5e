import Perception
import TestSupport
import Testing

@testable import VisionOpenCV

@Suite struct FrameSourceTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func trouble(_ path: String) -> EyeTrouble? {
    do {
      _ = try FrameSource.open(.path(path))
      return nil
    } catch {
      return error
    }
  }

  @Test("an image gives one frame of its size")
  func image() throws {
    let levels = (0..<12).map { UInt8($0 * 20) }
    let files = [
      try scratch.write(ImageBytes.png(levels, width: 4, height: 3), to: "a.png"),
      try scratch.write(ImageBytes.pgm(levels, width: 4, height: 3), to: "a.pgm"),
    ]
    for file in files {
      let source = try FrameSource.open(.path(file))
      #expect(source.kind == .image)
      #expect([source.width, source.height] == [4, 3])
      let frame = try #require(try source.next())
      let whole = try frame.light(in: Box(x: 0, y: 0, width: 4, height: 3))
      #expect(abs(whole.mean - 110.0 / 255) < 1e-6)
      #expect(try source.next() == nil)
    }
  }

  @Test("a picture of one pixel is a picture")
  func onePixel() throws {
    let file = try scratch.write(ImageBytes.png([7], width: 1, height: 1), to: "one.png")
    let source = try FrameSource.open(.path(file))
    #expect([source.width, source.height] == [1, 1])
  }

  @Test("a JPEG is turned as its Exif says", arguments: [nil, 1, 3, 6, 8] as [UInt8?])
  func orientation(_ orientation: UInt8?) throws {
    let file = try scratch.write(ImageBytes.jpeg(orientation: orientation), to: "a.jpg")
    let frame = try #require(try FrameSource.open(.path(file)).next())
    let turned = orientation == 6 || orientation == 8
    #expect([frame.width, frame.height] == (turned ? [16, 24] : [24, 16]))
    let corner: (x: Int, y: Int) =
      switch orientation {
      case 3: (16, 8)
      case 6: (8, 0)
      case 8: (0, 16)
      default: (0, 0)
      }
    let bright = try frame.light(in: Box(x: corner.x, y: corner.y, width: 8, height: 8))
    let whole = try frame.light(
      in: Box(x: 0, y: 0, width: frame.width, height: frame.height))
    #expect(bright.mean > 0.9)
    #expect(whole.mean < 0.5)
  }

  @Test("what is missing, empty or a renamed text is refused with its name")
  func refusals() throws {
    let missing = scratch.path + "/none.png"
    let empty = try scratch.write([], to: "empty.jpg")
    let text = try scratch.write(Array("this is no picture\n".utf8), to: "text.jpg")
    let cases = [
      (missing, "no such file"), (empty, "empty"), (text, "neither an image nor a video"),
    ]
    for (path, words) in cases {
      let trouble = try #require(self.trouble(path))
      #expect(trouble.kind == .input)
      #expect(trouble.message.contains(path))
      #expect(trouble.message.contains(words), "\(trouble.message)")
    }
  }

  @Test("a truncated image is refused, at whatever byte it ends")
  func truncated() throws {
    let levels = [UInt8](repeating: 90, count: 64 * 64)
    let images = [
      ImageBytes.png(levels, width: 64, height: 64), ImageBytes.pgm(levels, width: 64, height: 64),
      ImageBytes.jpeg(),
    ]
    for image in images {
      for share in [0.2, 0.5, 0.9] {
        let file = try scratch.write(
          Array(image.prefix(Int(Double(image.count) * share))), to: "cut")
        let trouble = try #require(self.trouble(file), "\(share) of \(image.prefix(4))")
        #expect(trouble.kind == .input)
        #expect(trouble.message.contains(file))
      }
    }
  }

  @Test("a JPEG of four inks is read, and one that ends too early is refused")
  func inks() throws {
    let whole = try scratch.write(ImageBytes.inkJpeg, to: "inks.jpg")
    let frame = try FrameSource.image(at: whole)
    let bright = try frame.light(in: Box(x: 1, y: 1, width: 5, height: 5)).mean
    let dark = try frame.light(in: Box(x: 12, y: 9, width: 10, height: 6)).mean
    #expect(abs(bright - 0.92) < 0.02 && abs(dark - 0.22) < 0.02, "\(bright) \(dark)")
    let cut = try scratch.write(Array(ImageBytes.inkJpeg.dropLast(8)), to: "cut.jpg")
    #expect(trouble(cut)?.message.contains("truncated or damaged") == true)
  }

  @Test("a picture of sixteen bits is as light as the same in eight")
  func sixteenBits() throws {
    let levels = (0..<64 * 64).map { UInt8($0 % 64 * 4) }
    let frames = try [8, 16].map { bits in
      try FrameSource.image(
        at: try scratch.write(
          ImageBytes.png(levels, width: 64, height: 64, bits: bits), to: "\(bits).png"))
    }
    let light = try frames.map { try $0.light(in: Box(x: 0, y: 0, width: 64, height: 64)) }
    #expect(abs(light[0].mean - light[1].mean) < 0.01, "\(light)")
  }

  @Test("a name with a colon in it is a film's, not a protocol's")
  func colon() throws {
    let frames = [[UInt8]](repeating: [UInt8](repeating: 90, count: 64 * 64), count: 3)
    let film = try scratch.write(
      ImageBytes.y4m(frames, width: 64, height: 64, rate: "5:1"), to: "20:15:00.y4m")
    #expect(try FrameSource.open(.path(film)).framesPerSecond == 5)
    #expect(Capture.local("20:15:00.y4m") == "./20:15:00.y4m")
    #expect(Capture.local("/a:b.mp4") == "/a:b.mp4")
  }

  @Test("noise in a video's clothes is refused")
  func noise() throws {
    var generator = SeededGenerator(seed: 3)
    let bytes = (0..<4000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let file = try scratch.write(bytes, to: "film.mp4")
    #expect(trouble(file)?.message.contains("neither an image nor a video") == true)
  }

  @Test("a very large picture is held smaller, and is spoken of in its own pixels")
  func reduced() throws {
    let (width, height) = (4100, 1200)
    var levels = [UInt8](repeating: 20, count: width * height)
    // A bright square of 400 at 3000, 600.
    for row in 600..<1000 {
      levels.replaceSubrange(
        row * width + 3000..<row * width + 3400, with: repeatElement(200, count: 400))
    }
    let file = try scratch.write(ImageBytes.pgm(levels, width: width, height: height), to: "a.pgm")
    let frame = try FrameSource.image(at: file)
    #expect([frame.width, frame.height] == [width, height])
    let square = try frame.light(in: Box(x: 3000, y: 600, width: 400, height: 400))
    #expect(abs(square.mean - 200.0 / 255) < 0.01 && square.deviation < 0.02)
    let crop = try frame.crop(Box(x: 2900, y: 500, width: 600, height: 600), side: 48)
    #expect(crop[0] == 20 && crop[24 * 48 + 24] == 200 && crop[47 * 48 + 47] == 20)
  }

  @Test("a picture of more than 100 million pixels is refused before it takes memory")
  func huge() throws {
    let png = try scratch.write(ImageBytes.header(width: 40_000, height: 40_000), to: "huge.png")
    let most = try scratch.write(
      ImageBytes.header(width: Int(UInt32.max), height: Int(UInt32.max)), to: "most.png")
    let pgm = try scratch.write(Array("P5\n40000 40000\n255\n0".utf8), to: "huge.pgm")
    for path in [png, most, pgm] {
      let message = try #require(trouble(path)).message
      #expect(message.contains("too many pixels"), "\(message)")
    }
  }

  @Test("a folder gives its images by name and passes over the bad ones")
  func folder() throws {
    for (name, width) in [("b.png", 2), ("a.png", 1), ("c.PNG", 3)] {
      let levels = [UInt8](repeating: 9, count: width)
      try scratch.write(ImageBytes.png(levels, width: width, height: 1), to: name)
    }
    try scratch.write(Array("broken".utf8), to: "ab.png")
    try scratch.write(Array("a,b".utf8), to: "labels.csv")
    let source = try FrameSource.open(.path(scratch.path))
    #expect(source.kind == .folder)
    var widths: [Int] = []
    while let frame = try source.next() { widths.append(frame.width) }
    #expect(widths == [1, 2, 3])
  }

  @Test("files and folders are opened whose names are not UTF-8, and shown by their bytes")
  func byteNames() throws {
    let name = FileName.text(of: [0x61, 0xFF] + Array(".png".utf8))
    try scratch.write(
      ImageBytes.png([9, 9], width: 2, height: 1), to: FileName.bytes(of: name))
    let source = try FrameSource.open(.path("\(scratch.path)/\(name)"))
    #expect(source.description == "a\\xFF.png")
    #expect(source.width == 2)
    #expect(try FrameSource.open(.path(scratch.path)).next()?.width == 2)
    let gone = trouble("\(scratch.path)/\(FileName.text(of: [0xFE]))")
    #expect(gone?.message == "\(scratch.path)/\\xFE: no such file or folder")
    #expect(trouble("\(scratch.path)/a\0b")?.message.hasSuffix("no such file or folder") == true)
  }

  @Test("a folder without images is refused")
  func emptyFolder() throws {
    try scratch.write(Array("no".utf8), to: "notes.txt")
    #expect(trouble(scratch.path)?.message.contains("no images in this folder") == true)
  }

  @Test("a camera that is not there is a device's trouble")
  func noCamera() {
    #expect(throws: EyeTrouble.self) { try FrameSource.open(.camera(97)) }
    let cases = [("/dev/video98", "no camera there"), ("/dev/null", "not a camera")]
    for (path, words) in cases {
      #expect(trouble(path)?.kind == .device)
      #expect(
        trouble(path)?.message.contains(words) == true, "\(String(describing: trouble(path)))")
    }
  }

  @Test("the drawn face never ends")
  func demo() throws {
    let source = try FrameSource.open(.demo)
    #expect(source.framesPerSecond == DemoFace.framesPerSecond)
    for _ in 0..<5 { #expect(try source.next() != nil) }
  }

  @Test("a video gives its frames and its rate", .enabled(if: Place.video != nil, "needs a video"))
  func video() throws {
    let source = try FrameSource.open(.path(try #require(Place.video)))
    #expect(source.kind == .video)
    #expect([source.width, source.height] == [596, 336])
    #expect(abs(source.framesPerSecond - 29.97) < 0.1)
    var frames = 1
    while try source.skip() { frames += 1 }
    #expect(frames >= 463)
    #expect(try source.next() == nil)
  }
}
