import TestSupport
import Testing

@testable import Perception

@Suite("Picture formats")
struct PictureFormatTests {
  private func box(_ brand: String, compatible: String = "") -> [UInt8] {
    let body = "ftyp\(brand)".utf8 + [0, 0, 0, 0] + compatible.utf8
    return [0, 0, 0, UInt8(body.count + 4)] + body + [UInt8](repeating: 0, count: 40)
  }

  @Test("A format is known by its first bytes, and a film is none")
  func heads() {
    let heads: [([UInt8], PictureFormat?)] = [
      ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg), ([0x89, 0x50, 0x4E, 0x47], .png),
      (Array("RIFF....WEBP".utf8), .webp), (Array("RIFF....WAVE".utf8), nil),
      (Array("RIFF....WEBPVP8X....".utf8) + [0x12], .animatedWebP),
      (Array("RIFF....WEBPVP8X....".utf8) + [0x10], .webp),
      (Array("II*\0".utf8), .tiff), (Array("MM\0*".utf8), .tiff), (Array("BM".utf8), .bmp),
      (Array("P5\n".utf8), .anymap), (Array("P7\n".utf8), .anymap), (Array("P8\n".utf8), nil),
      (Array("GIF87a".utf8), .gif), (Array("GIF89a".utf8), .gif), (Array("GIF".utf8), nil),
      (box("avif"), .avif), (box("mif1", compatible: "mif1avif"), .avif),
      (box("heic"), .heic), (box("mif1", compatible: "mif1heic"), .heic),
      (box("isom", compatible: "isomiso2avc1mp41"), nil), (box("qt  "), nil),
      ([0xFF, 0x0A], .jpegXL), ([0, 0, 0, 12] + Array("JXL \r\n".utf8), .jpegXL),
      ([0, 0, 0, 12] + Array("jP  \r\n".utf8), .jpeg2000), ([], nil),
    ]
    for (head, format) in heads { #expect(PictureFormat(head: head) == format, "\(head)") }
  }

  @Test("Any bytes are some format or none", arguments: 0..<200)
  func anything(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var head = box("heic", compatible: "mif1avif")
    for _ in 0..<4 {
      head[.random(in: 0..<head.count, using: &generator)] = .random(
        in: 0...255, using: &generator)
    }
    for count in 0...head.count { _ = PictureFormat(head: head[..<count]) }
    #expect(PictureFormat(head: [UInt8](repeating: 0, count: 64)) == nil)
  }

  @Test("A name tells a picture, whether it is read or refused, by its ending")
  func names() {
    for name in ["a.jpg", "/b/c.JPEG", "x.y.png", "p.heic", "q.GIF", "r.pbm"] {
      #expect(PictureFormat.isPicture(named: name), "\(name)")
    }
    for name in ["a", "jpg", ".jpg", "a.mp4", "a.png.txt", "a.png/film", ""] {
      #expect(!PictureFormat.isPicture(named: name), "\(name)")
    }
  }

  @Test("What is not read says so and what to do")
  func refusals() {
    for format in PictureFormat.allCases {
      #expect((format.refusal == nil) == format.isRead)
    }
    #expect(PictureFormat.heic.refusal == "HEIC is not read: convert it to JPEG or PNG")
    #expect(PictureFormat.readable == "JPEG, PNG, WebP, TIFF, BMP and PNM")
  }
}
