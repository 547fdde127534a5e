import Foundation
import TestSupport
import Testing

/// Music in folders so deep that the system does not take its paths whole.
@Suite("paths of any length")
struct LongPathTests {
  private let program: Program
  private let music: TemporaryFolder
  private let path: [UInt8]

  init() throws {
    program = try Program()
    music = try TemporaryFolder()
    let tone = try Data(contentsOf: URL(fileURLWithPath: program.tone("one.wav")))
    path = try music.write(Array(tone), to: Array("deep\u{1B} sea.wav".utf8), deeperThan: 5000)
  }

  @Test("scan adds such a song and finds it unchanged; rate finds it by words and by its path")
  func scanAndRate() throws {
    let first = try program.emus("scan", music.path)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.hasPrefix("1 added, 0 updated, 0 unchanged"), "\(first.output)")
    #expect(first.output.contains(" 0 failed"), "\(first.output)")
    let second = try program.emus("scan", "--json").object()
    #expect(second["unchanged"] as? Int == 1 && (second["failed"] as? [Any])?.isEmpty == true)
    let text = String(decoding: path, as: UTF8.self)
    for name in ["sea", text] {
      let rated = try program.emus("rate", "8", name)
      #expect(rated.output.hasPrefix("8 stored for deep"), "\(rated.errors)")
      #expect(!rated.output.contains("\u{1B}"))
    }
    let once = try program.emus("--once", "--source", "none", "--json").object()
    let songs = once["recommendations"] as? [[String: Any]] ?? []
    #expect(songs.count == 1)
    #expect((songs.first?["title"] as? String)?.contains("sea") == true)
  }

  @Test("what cannot be read there is named with every byte of its name to be seen")
  func named() throws {
    _ = try music.write(Array("text".utf8), to: Array("a\u{1B}.mp3".utf8), deeperThan: 5000)
    let result = try program.emus("scan", music.path)
    #expect(result.output.contains("1 added") && result.output.contains(" 1 failed"))
    #expect(result.output.contains("/a\\u{1B}.mp3: no audio in it"), "\(result.output)")
  }

  @Test("a folder to scan by such a path is refused in one line")
  func root() throws {
    let folder = String(decoding: path.dropLast("/deep\u{1B} sea.wav".utf8.count), as: UTF8.self)
    let result = try program.emus("scan", folder)
    #expect(result.status == 66)
    #expect(result.errors == "emus: \(folder): File name too long\n")
  }
}
