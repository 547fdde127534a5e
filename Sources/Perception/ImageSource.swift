/// Where images come from, as written after `--source`.
package enum ImageSource: Equatable, Sendable {
  /// A camera by its index: `0` is /dev/video0.
  case camera(Int)
  /// A path, as a text of `FileName`: an image, a video, a folder of images, or a device such as
  /// /dev/video2.
  case path(String)
  /// The face that the program draws.
  case demo
  /// No images at all.
  case none

  /// Reads the argument of `--source`: `none`, `demo`, a number, or a path.
  package init(argument: String) {
    switch argument {
    case "none": self = .none
    case "demo": self = .demo
    default:
      if let index = Int(argument), index >= 0 {
        self = .camera(index)
      } else {
        self = .path(argument)
      }
    }
  }

  /// Shows what is before it now. A camera by another name than Linux gives it is not known here.
  package var isCamera: Bool {
    switch self {
    case .camera: true
    case .path(let path): path.hasPrefix("/dev/video")
    case .demo, .none: false
    }
  }

  /// The text that `init(argument:)` reads back.
  package var argument: String {
    switch self {
    case .camera(let index): String(index)
    case .path(let path): path
    case .demo: "demo"
    case .none: "none"
    }
  }
}
