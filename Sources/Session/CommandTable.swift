/// What each command is called, what follows it and what it does, in one line for people.
///
/// The one table behind the `:` line, the help screen and the messages about mistakes.
package struct CommandTable: Sendable {
  package struct Entry: Equatable, Sendable {
    package let name: String
    /// What follows the name: `N`, `[NAME]`.
    package let arguments: String
    package let words: String
    package let group: Group
  }

  package enum Group: String, CaseIterable, Sendable {
    case listening = "Listening"
    case mood = "Mood and choice"
    case moving = "Moving about"
    case program = "Program"
  }

  package static let entries: [Entry] = [
    Entry("pause", "", "play or pause", .listening),
    Entry("next", "", "next song (leaving early is remembered as a skip)", .listening),
    Entry("previous", "", "start of the song, or the song before", .listening),
    Entry("replay", "", "play this song again from its start", .listening),
    Entry("seek", "[+-]S | M:SS", "move within the song", .listening),
    Entry("volume", "[+-]N", "louder or quieter, 0 to 100", .listening),
    Entry("rate", "N", "rate the playing song, 1 to 10 (the 0 key is 10)", .listening),
    Entry("mood", "[V A | WORD | auto]", "say how you feel; auto trusts the camera again", .mood),
    Entry("policy", "[NAME]", "match, lift, calm or energise", .mood),
    Entry("camera", "on | off | toggle", "look, or look away", .mood),
    Entry("user", "NAME | guest", "whose ears these are, from the next song on", .mood),
    Entry("register", "[NAME]", "remember the face in front of the camera", .mood),
    Entry("calibrate", "[undo]", "teach the camera your face at rest, and your smile", .mood),
    Entry(
      "view", "now | queue | library | playlists | mood | next | previous", "switch screens",
      .moving),
    Entry("move", "N | page N | top | bottom", "move the selection", .moving),
    Entry("activate", "", "play what is selected", .moving),
    Entry("search", "[QUERY]", "find in the list; again and back with n and N", .moving),
    Entry("search.step", "N", "next or previous hit", .moving),
    Entry("smart", "[NAME]", "show a smart playlist; without a name: which there are", .moving),
    Entry("smart.save", "NAME [QUERY]", "keep a query, or the search, under a name", .moving),
    Entry("smart.remove", "NAME", "forget a smart playlist", .moving),
    Entry("queue.add", "", "add the selected song to the queue", .moving),
    Entry("queue.next", "", "play the selected song next", .moving),
    Entry("queue.remove", "", "take the selected song out of the queue", .moving),
    Entry("queue.clear", "", "empty the queue", .moving),
    Entry("queue.move", "N", "move the selected song up or down", .moving),
    Entry(
      "playlist", "save | save-all | load | add | delete NAME",
      "keep your songs of the queue, or all; play a list; add the selected song; drop", .moving),
    Entry("playlist.play", "", "play the selected playlist now", .moving),
    Entry("playlist.new", "", "keep the queue as a playlist; its name is asked", .moving),
    Entry("playlist.rename", "", "give the selected playlist another name", .moving),
    Entry("playlist.edit", "", "edit the query of a smart playlist", .moving),
    Entry("playlist.undo", "", "bring back the playlist dropped or replaced last", .moving),
    Entry("details", "", "all that is known of the selected song", .moving),
    Entry("scan", "[FOLDER...]", "add music, or refresh what is known", .program),
    Entry("set", "NAME VALUE", "change a setting", .program),
    Entry("bind", "[in VIEW] KEY COMMAND", "give a key a command", .program),
    Entry("prompt", "", "type a command", .program),
    Entry("help", "", "show or hide the keys", .program),
    Entry("redraw", "", "draw the screen afresh", .program),
    Entry("cancel", "", "leave what is being typed or asked", .program),
    Entry("quit", "", "leave; the position is kept", .program),
  ]

  package static func entry(named name: String) -> Entry? {
    entries.first { $0.name == name }
  }
}

extension CommandTable.Entry {
  fileprivate init(
    _ name: String, _ arguments: String, _ words: String, _ group: CommandTable.Group
  ) {
    self.name = name
    self.arguments = arguments
    self.words = words
    self.group = group
  }
}
