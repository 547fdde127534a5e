import Testing

@testable import Music

@Suite struct XMLReaderTests {
  private func refusal(_ text: String) -> PlaylistFault? {
    do {
      _ = try Playlist(Array(text.utf8), format: .xspf, folder: [])
      return nil
    } catch { return error }
  }

  @Test(
    "a document that is not well-formed is refused with its line",
    arguments: [
      ("<playlist>\n<trackList>", 2, "<trackList> is not closed"),
      ("<playlist>\n\n</trackList>", 3, "</trackList> closes nothing"),
      ("<playlist></playlist><more/>", 1, "more than one document"),
      ("<playlist/>text", 1, "text outside of XML"), ("", 1, "no XML"),
      ("<playlist\n", 1, "a tag is not closed"), ("<playlist a=\"></playlist>", 1, "a tag is not"),
      ("<playlist><!-- \n</playlist>", 1, "--> is missing"),
      ("<playlist><![CDATA[ </playlist>", 1, "]]> is missing"),
      ("<!DOCTYPE playlist [\n<playlist/>", 1, "a declaration is not closed"),
      ("<>", 1, "no element's name after <"),
    ])
  func malformed(text: String, line: Int, reason: String) throws {
    let fault = try #require(refusal(text))
    #expect(fault.line == line)
    #expect(fault.reason.hasPrefix(reason), "\(fault)")
  }

  @Test("entities that a document declares never grow: they stay as they are written")
  func billionLaughs() throws {
    let levels = (1...30).map { level in
      "<!ENTITY l\(level) \"\(String(repeating: "&l\(level - 1);", count: 10))\">"
    }
    let text =
      "<!DOCTYPE p [<!ENTITY l0 \"lol\">\(levels.joined())]><playlist><title>&l30;</title></playlist>"
    let list = try Playlist(Array(text.utf8), format: .xspf, folder: [])
    #expect(list.title == "&l30;")
  }

  @Test("elements may not be nested without end")
  func depth() {
    let fault = refusal(String(repeating: "<playlist>", count: 100_000))
    #expect(fault?.reason == "nested deeper than any playlist")
  }

  @Test("numbers that name no character stay as they are written")
  func numbers() throws {
    let text = "<playlist><title>&#65;&#xD800;&#1114112;&#;&unknown;&</title></playlist>"
    let list = try Playlist(Array(text.utf8), format: .xspf, folder: [])
    #expect(list.title == "A&#xD800;&#1114112;&#;&unknown;&")
  }
}
