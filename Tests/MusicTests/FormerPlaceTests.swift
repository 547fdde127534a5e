import Music
import Testing

@Suite("Former place")
struct FormerPlaceTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("a place is below the file, under its name, and tells the path that it was")
  func place() {
    let place = FormerPlace.of(bytes("/m/a.mp3"), number: 17)
    #expect(place == bytes("/m/a.mp3/.17/a.mp3"))
    #expect(FormerPlace.origin(of: place) == bytes("/m/a.mp3"))
  }

  @Test(
    "no other path is such a place",
    arguments: [
      "", "/", "/m/a.mp3", "/m/.17/a.mp3", "/m/b.mp3/.17/a.mp3", "/m/a.mp3/17/a.mp3",
      "/m/a.mp3/./a.mp3", "/m/a.mp3/.x/a.mp3",
    ])
  func other(path: String) { #expect(FormerPlace.origin(of: bytes(path)) == nil) }
}
