import Foundation
import Perception
import Screen
import Session

/// The listener's `emusrc` and the theme files, read at the start; never written.
///
/// A mistake never stops the program: the line is named with its column, the default holds.
struct ConfigurationFile {
  var settings = Settings()
  var keymap = Keymap.defaults
  var themes: [String: Theme] = [:]
  /// One line each: `emusrc:3:5: message`.
  var problems: [String] = []

  init(home: Home, installation: Installation) {
    for folder in [installation.themes, home.themes].compactMap({ $0 }) { readThemes(in: folder) }
    if let text = read(home.configurationFile) { apply(text, named: "emusrc") }
    if themes[settings.theme] == nil, !themes.isEmpty {
      problems.append("emusrc: no theme '\(settings.theme)', the plain one is used")
    }
    if ProcessInfo.processInfo.environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false {
      settings.theme = "monochrome"
    }
  }

  /// Where a listener's face is: what `set camera` names, as in the player; camera 0 where that is
  /// nothing or the drawn face.
  var camera: ImageSource {
    switch settings.source {
    case .camera?, .path?: settings.source ?? .camera(0)
    case .demo?, ImageSource.none?, nil: .camera(0)
    }
  }

  private mutating func apply(_ text: String, named name: String) {
    let file = CommandFile.parse(text)
    problems += file.errors.map { "\(name):\($0.line):\($0.column): \($0.message)" }
    for statement in file.statements {
      do {
        switch try Command.parse(statement.words) {
        case .set(let setting): settings.apply(setting)
        case .bind(let binding): keymap.bind(binding)
        default:
          throw CommandError(column: 1, message: "only set and bind belong into a configuration")
        }
      } catch let error as CommandError {
        problems.append("\(name):\(statement.line):\(error.column): \(error.message)")
      } catch {
        problems.append("\(name):\(statement.line): \(error)")
      }
    }
  }

  private mutating func readThemes(in folder: String) {
    guard FileManager.default.fileExists(atPath: folder) else { return }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      problems.append("\(folder): cannot be read, its themes are missing")
      return
    }
    for file in names.sorted() where file.hasSuffix(".theme") {
      guard let text = read(folder + "/" + file) else { continue }
      let name = String(file.dropLast(".theme".count))
      let (theme, errors) = ThemeFile.parse(text, name: name)
      themes[name] = theme
      problems += errors.map { "\(file):\($0.line):\($0.column): \($0.message)" }
    }
  }

  /// The text of a file; nil where there is none. What cannot be read is a problem, not an end.
  private mutating func read(_ path: String) -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      guard let text = String(data: data, encoding: .utf8) else {
        problems.append("\(path): is not UTF-8 text; what is not shows as \u{FFFD}")
        return String(decoding: data, as: UTF8.self)
      }
      return text
    } catch {
      problems.append("\(path): cannot be read, the defaults hold")
      return nil
    }
  }
}
