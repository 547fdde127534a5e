import Screen

/// From keys to commands: what a key means depends on the mode.
extension State {
  mutating func press(_ key: Key) -> [Effect] {
    switch mode {
    case .typing(let entry): return type(key, into: entry)
    case .mood(let valence, let arousal):
      return moveMood(key, valence: valence, arousal: arousal)
    case .stranger: return answerStranger(key)
    case .calibrating(let flow): return press(key, in: flow)
    case .normal: return pressInNormalMode(key)
    }
  }

  mutating func pressInNormalMode(_ key: Key) -> [Effect] {
    if key == .control("c") { return leave() }
    // Not in the middle of gq, which leads elsewhere.
    if typedKeys.isEmpty, key == .character("q") || key == .escape {
      if isHelpShown {
        isHelpShown = false
        return []
      }
      if details != nil { return toggleDetails() }
    }
    typedKeys.append(key)
    switch keymap.match(typedKeys, in: section) {
    case .command(let text):
      typedKeys = []
      return perform(text)
    case .prefix:
      keyNumber += 1
      return [.wake(.keys(keyNumber), after: 1.5)]
    case .nothing:
      let name = KeyName.text(typedKeys)
      let wasSequence = typedKeys.count > 1
      typedKeys = []
      // Never the last key alone: whoever slips after g must not remove a song.
      return wasSequence ? say("no key \(name): ? shows them all") : []
    }
  }

  /// Reads one line of the command language and does it.
  package mutating func perform(_ text: String) -> [Effect] {
    do {
      return perform(try Command.parse(CommandFile.words(of: text)))
    } catch let error as CommandError {
      return say(error.message, .warning)
    } catch let error as CommandFileError {
      return say(error.message, .warning)
    } catch {
      return say("\(error)", .warning)
    }
  }
}

/// Editing of the line being typed.
extension State {
  fileprivate mutating func type(_ key: Key, into old: TextEntry) -> [Effect] {
    var entry = old
    switch key {
    case .enter: return finish(entry)
    case .escape, .control("c"), .control("g"): return abandon(entry)
    case .backspace where entry.text.isEmpty: return abandon(entry)
    default: entry.edit(key)
    }
    mode = .typing(entry)
    if entry.purpose == .search, entry.text != old.text { return find(entry.text) }
    if case .query = entry.purpose { checkQuery(entry.text) }
    return []
  }

  private mutating func finish(_ entry: TextEntry) -> [Effect] {
    mode = .normal
    switch entry.purpose {
    case .command: return entry.text.isEmpty ? [] : perform(entry.text)
    case .search:
      let end = entry.text.lastIndex { !$0.isWhitespace }
      return find(end.map { String(entry.text[...$0]) } ?? "")
    case .name: return register(name: entry.text)
    case .playlistName(let reference): return name(reference, entry.text)
    case .query(let name): return keepQuery(of: name, entry)
    }
  }

  private mutating func abandon(_ entry: TextEntry) -> [Effect] {
    mode = .normal
    return entry.purpose == .search ? find("") : []
  }
}

extension TextEntry {
  /// The most characters that a line may have.
  static let limit = 500

  fileprivate mutating func edit(_ key: Key) {
    switch key {
    case .character(let character) where text.count < Self.limit:
      text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
      cursor += 1
    case .backspace where cursor > 0:
      cursor -= 1
      text.remove(at: text.index(text.startIndex, offsetBy: cursor))
    case .delete where cursor < text.count:
      text.remove(at: text.index(text.startIndex, offsetBy: cursor))
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(text.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = text.count
    case .control("u"):
      text.removeFirst(cursor)
      cursor = 0
    default: break
    }
  }
}
