import Foundation
import Glibc
import LibraryFiles
import Perception

/// Where this listener's files are: the XDG folders, or all under one folder with `--home`.
///
/// The configuration is the listener's and never written; the rest is the program's. Folders are
/// made when they are first needed, for the owner alone.
struct Home: Sendable {
  let configuration: String
  let data: String
  let state: String
  /// What another process needs to find the same home; nil for the XDG folders.
  let root: String?

  init(_ option: String?) throws {
    // An empty variable is as good as none.
    let variable = try Self.variable("EMUS_HOME").flatMap { $0.isEmpty ? nil : $0 }
    if let given = option ?? variable {
      guard !given.isEmpty else { throw Failure(.usage, "--home is empty") }
      let root = FileName.text(of: Place.standard(FileName.bytes(of: given)))
      guard FileName.isUTF8(root) else { throw Self.refusal(root, "--home") }
      self.root = root
      configuration = root + "/config"
      data = root + "/data"
      state = root + "/state"
      return
    }
    root = nil
    let user = try Self.variable("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    func folder(_ variable: String, _ standard: String) throws -> String {
      // The specification wants relative values ignored: they would scatter files about.
      if let value = try Self.variable(variable), value.hasPrefix("/") { return value + "/emus" }
      guard let user else {
        throw Failure(.failed, "HOME is not set: name a folder with --home")
      }
      return user + "/" + standard + "/emus"
    }
    configuration = try folder("XDG_CONFIG_HOME", ".config")
    data = try folder("XDG_DATA_HOME", ".local/share")
    state = try folder("XDG_STATE_HOME", ".local/state")
  }

  /// A variable of the environment. SQLite is opened by a name that is UTF-8, so that no folder of
  /// ours may have another; a repaired one would be another folder.
  private static func variable(_ name: String) throws -> String? {
    guard let value = getenv(name) else { return nil }
    let text = FileName.text(of: Array(UnsafeRawBufferPointer(start: value, count: strlen(value))))
    guard FileName.isUTF8(text) else { throw refusal(text, name) }
    return text
  }

  private static func refusal(_ folder: String, _ giver: String) -> Failure {
    Failure(.usage, "\(Arguments.complaint(about: folder)): \(giver) takes no other")
  }

  /// Makes the folders that the program writes to, 0700.
  func make() throws {
    for folder in [data, state] {
      var isFolder: ObjCBool = false
      let place = root ?? folder
      if FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), !isFolder.boolValue
      {
        throw Failure(.failed, "\(place) is a file, and a folder is needed there")
      }
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
      } catch {
        throw Failure(.failed, "cannot make the folder \(folder): \(Home.reason(error))")
      }
      guard access(folder, W_OK) == 0 else {
        throw Failure(
          .failed, "cannot write to the folder \(folder): \(String(cString: strerror(errno)))")
      }
    }
  }

  var database: String { data + "/emus.db" }
  var playlists: String { data + "/playlists" }
  var log: String { state + "/emus.log" }
  var configurationFile: String { configuration + "/emusrc" }
  var themes: String { configuration + "/themes" }

  /// In the system's words, where Foundation hides them behind its own.
  static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let code = underlying?.code, underlying?.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(code)))
    }
    switch (error as? CocoaError)?.code {
    case .fileWriteNoPermission?: return String(cString: strerror(EACCES))
    case .fileWriteVolumeReadOnly?: return String(cString: strerror(EROFS))
    default: return error.localizedDescription
    }
  }
}
