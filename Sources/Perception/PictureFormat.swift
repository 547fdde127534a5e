/// The kinds of picture files: those that are read, and those that are only known, so that they
/// can be refused by name. One list for whoever opens pictures, by their first bytes, and for
/// whoever looks for them in folders, by their names. It opens nothing.
package enum PictureFormat: String, CaseIterable, Sendable {
  case jpeg = "JPEG"
  case png = "PNG"
  case animatedWebP = "animated WebP"
  case webp = "WebP"
  case tiff = "TIFF"
  case bmp = "BMP"
  /// PBM, PGM, PPM and PAM.
  case anymap = "PNM"
  case gif = "GIF"
  case avif = "AVIF"
  case heic = "HEIC"
  case jpegXL = "JPEG XL"
  case jpeg2000 = "JPEG 2000"

  /// As people call it.
  package var name: String { rawValue }

  package var isRead: Bool {
    switch self {
    case .jpeg, .png, .webp, .tiff, .bmp, .anymap: true
    case .animatedWebP, .gif, .avif, .heic, .jpegXL, .jpeg2000: false
    }
  }

  /// Why a file of this kind is not read, and what to do; nil for one that is.
  package var refusal: String? {
    isRead ? nil : "\(name) is not read: convert it to JPEG or PNG"
  }

  /// Those that are read, as a list for people.
  package static let readable: String = {
    let names = allCases.filter(\.isRead).map(\.name)
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }()

  /// The first bytes of a file of which `init(head:)` makes the most.
  package static let headBytes = 64

  /// Whether a file's name ends as that of a picture, one that is refused included: it shall be
  /// named and not be passed over.
  package static func isPicture(named name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return false }
    return endings.contains(name[name.index(after: dot)...].lowercased())
  }

  private static let endings: Set<String> = Set(allCases.flatMap(\.endings))

  private var endings: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
    case .png: ["png"]
    case .webp, .animatedWebP: ["webp"]
    case .tiff: ["tif", "tiff"]
    case .bmp: ["bmp"]
    case .anymap: ["pbm", "pgm", "ppm", "pnm", "pam"]
    case .gif: ["gif"]
    case .avif: ["avif"]
    case .heic: ["heic", "heif"]
    case .jpegXL: ["jxl"]
    case .jpeg2000: ["jp2", "j2k", "jpf"]
    }
  }

  /// The kind of a file that begins with these bytes; nil for what is no picture known here.
  package init?(head: some Collection<UInt8>) {
    let head = Array(head.prefix(Self.headBytes))
    guard let found = Self.allCases.first(where: { $0.begins(head) }) else { return nil }
    self = found
  }

  private func begins(_ head: [UInt8]) -> Bool {
    func starts(_ text: String, at place: Int = 0) -> Bool {
      head.dropFirst(place).starts(with: text.utf8)
    }
    switch self {
    case .jpeg: return head.starts(with: [0xFF, 0xD8, 0xFF])
    case .png: return head.starts(with: [0x89, 0x50, 0x4E, 0x47])
    case .webp: return starts("RIFF") && starts("WEBP", at: 8)
    // A bit in the flags of its first chunk.
    case .animatedWebP:
      return Self.webp.begins(head) && starts("VP8X", at: 12) && head.count > 20
        && head[20] & 0x02 != 0
    case .tiff: return starts("II*\0") || starts("MM\0*")
    case .bmp: return starts("BM")
    case .anymap:
      return head.count > 2 && head[0] == UInt8(ascii: "P")
        && (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(head[1])
        && [9, 10, 13, 32].contains(head[2])
    case .gif: return starts("GIF87a") || starts("GIF89a")
    case .avif: return Self.brands(head).contains { $0 == "avif" || $0 == "avis" }
    case .heic: return Self.brands(head).contains(where: Self.heicBrands.contains)
    case .jpegXL:
      return head.starts(with: [0xFF, 0x0A]) || (starts("JXL ", at: 4) && head[3] == 12)
    case .jpeg2000:
      return head.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) || (starts("jP  ", at: 4) && head[3] == 12)
    }
  }

  private static let heicBrands: Set<String> = [
    "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1",
  ]

  /// The brands in the first box of an ISO base media file (ISO/IEC 14496-12, section 4.3), of
  /// which films have others; none in any other file.
  private static func brands(_ head: [UInt8]) -> [String] {
    guard head.count >= 12, head[4..<8].elementsEqual("ftyp".utf8) else { return [] }
    let length = head[..<4].reduce(0) { $0 << 8 | Int($1) }
    let places = [8] + stride(from: 16, to: min(length, head.count) - 3, by: 4)
    return places.map { String(decoding: head[$0..<$0 + 4], as: UTF8.self) }
  }
}
