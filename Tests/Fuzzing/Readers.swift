import Music
import Taste

/// What libFuzzer calls with each input: the first byte chooses a reader, the rest is what it reads.
/// Whatever comes, a reader reads or refuses it; a trap, or what is read back otherwise than it was
/// written, is what we look for. Linked by `Tests/Fuzzing/run`, outside of the package.
@_cdecl("LLVMFuzzerTestOneInput")
func readOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeBufferPointer(start: start, count: count)
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  switch choice % 7 {
  case 0: readPlaylist(bytes, .m3u)
  case 1: readPlaylist(bytes, .m3u8)
  case 2: readPlaylist(bytes, .pls)
  case 3: readPlaylist(bytes, .xspf)
  case 4: readQuery(String(decoding: bytes, as: UTF8.self))
  case 5: readSheet(bytes)
  default: readTable(bytes)
  }
  return 0
}

private func readPlaylist(_ bytes: [UInt8], _ format: PlaylistFormat) {
  guard let list = playlist(bytes, format) else { return }
  // What a format cannot hold is lost at the first writing, and nothing after that.
  let second = playlist(list.bytes(as: format), format)
  let third = second.flatMap { playlist($0.bytes(as: format), format) }
  precondition(second != nil && second == third, "a playlist changed when it was written")
}

private func playlist(_ bytes: [UInt8], _ format: PlaylistFormat) -> Playlist? {
  do { return try Playlist(bytes, format: format, folder: Array("/l".utf8)) } catch { return nil }
}

private func readQuery(_ text: String) {
  do {
    let query = try Query.parse(text)
    let printed = query.description
    guard printed.unicodeScalars.count <= Query.longest else { return }
    let again = try Query.parse(printed)
    precondition(again == query, "a query changed when it was printed")
  } catch {
    precondition((1...Query.longest + 1).contains(error.column), "a column outside of the query")
  }
}

private func readSheet(_ bytes: [UInt8]) {
  for piece in CueSheet.cut(CueSheet(bytes)?.tracks ?? [], length: 600).pieces {
    precondition(piece.start.isFinite && piece.start >= 0, "a piece begins nowhere")
  }
}

private func readTable(_ bytes: [UInt8]) {
  let table: TrackTable
  do { table = try TrackTable(bytes, source: "t", folder: Array("/l".utf8)) } catch { return }
  let lines = 1 + bytes.count { $0 == 0x0A || $0 == 0x0D }
  for line in table.rows.map(\.line) + table.refused.map(\.line) {
    precondition((1...lines).contains(line), "a row lies outside of its file")
  }
  for row in table.rows {
    precondition(row.details.fault == nil, "a value that no track can have was taken")
    precondition(row.title != nil || row.place != nil, "a row names no song")
  }
}
