import Glibc

/// What lies at a path of bytes, for callers who read it otherwise than as music. It opens folders,
/// never files.
package enum Place {
  package enum Kind: Sendable { case folder, file, other }

  /// Follows links; nil where nothing is there, or the system will not say.
  package static func kind(_ path: [UInt8]) -> Kind? {
    guard case .success(let status) = System.status(path) else { return nil }
    switch status.kind {
    case .folder: return .folder
    case .file: return .file
    case .link, .other: return .other
    }
  }

  /// The names in a folder, in no order.
  package static func names(in folder: [UInt8]) throws(FileFault) -> [[UInt8]] {
    switch System.names(in: folder) {
    case .success(let names): return names
    case .failure(let failure): throw FileFault(folder, failure)
    }
  }

  /// The absolute path, taken from the working folder, without "." and doubled slashes. Links are
  /// left alone, and so is "..", which behind a link is another folder than before it.
  package static func absolute(_ path: [UInt8]) -> [UInt8] {
    let isAbsolute = path.first == slash
    let folder = isAbsolute ? [] : System.workingFolder() ?? []
    return joined((folder + [slash] + path).split(separator: slash).filter { $0 != dot })
  }

  /// The same, and each ".." is taken away with the name before it.
  package static func standard(_ path: [UInt8]) -> [UInt8] {
    var parts: [ArraySlice<UInt8>] = []
    for part in absolute(path).split(separator: slash) {
      if part == dot + dot { _ = parts.popLast() } else { parts.append(part) }
    }
    return joined(parts)
  }

  /// The absolute paths by which a file that is named so may be known: as it is named, and without
  /// links.
  package static func names(of path: [UInt8]) -> [[UInt8]] {
    let named = standard(path)
    guard case .success(let real) = System.realPath(path), real != named else { return [named] }
    return [named, real]
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot: ArraySlice<UInt8> = [UInt8(ascii: ".")]

  private static func joined(_ parts: [ArraySlice<UInt8>]) -> [UInt8] {
    parts.isEmpty ? [slash] : parts.flatMap { [slash] + $0 }
  }
}
