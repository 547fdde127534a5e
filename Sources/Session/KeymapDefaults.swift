extension Keymap {
  /// The keys of a new listener, as lines of a configuration: what most players agree on.
  package static let defaultText = """
    bind q quit
    bind ? help
    bind : prompt
    bind C-l redraw
    bind Esc cancel
    bind Space pause
    bind > next
    bind < previous
    bind R replay
    bind Left seek -5
    bind Right seek +5
    bind h seek -5
    bind l seek +5
    bind , seek -60
    bind . seek +60
    bind + volume +5
    bind = volume +5
    bind - volume -5
    bind 1 rate 1
    bind 2 rate 2
    bind 3 rate 3
    bind 4 rate 4
    bind 5 rate 5
    bind 6 rate 6
    bind 7 rate 7
    bind 8 rate 8
    bind 9 rate 9
    bind 0 rate 10
    bind m mood
    bind M mood auto
    bind p policy
    bind x camera toggle
    bind c calibrate
    bind Tab view next
    bind BackTab view previous
    bind F1 view now
    bind F2 view queue
    bind F3 view library
    bind F4 view playlists
    bind F5 view mood
    bind gn view now
    bind gq view queue
    bind gl view library
    bind gp view playlists
    bind gm view mood
    bind gg move top
    bind Home move top
    bind G move bottom
    bind End move bottom
    bind j move 1
    bind Down move 1
    bind k move -1
    bind Up move -1
    bind C-d move page 0.5
    bind C-u move page -0.5
    bind PageDown move page 1
    bind PageUp move page -1
    bind Enter activate
    bind / search
    bind n search.step 1
    bind N search.step -1
    bind a queue.add
    bind A queue.next
    bind d queue.remove
    bind Delete queue.remove
    bind D queue.clear
    bind J queue.move 1
    bind K queue.move -1
    bind i details
    bind in playlists P playlist.play
    bind in playlists s playlist.new
    bind in playlists r playlist.rename
    bind in playlists e playlist.edit
    bind in playlists U playlist.undo
    bind in playlists Backspace cancel
    bind u scan
    """

  /// The default key map; the tests prove that every line of `defaultText` can be read.
  package static var defaults: Keymap {
    var keymap = Keymap(bindings: [])
    for statement in CommandFile.parse(defaultText).statements {
      if case .bind(let binding)? = try? Command.parse(statement.words) { keymap.bind(binding) }
    }
    return keymap
  }
}
