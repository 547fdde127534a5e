import Music
import Perception
import Taste

/// Does what a command says.
extension State {
  mutating func perform(_ command: Command) -> [Effect] {
    switch command {
    case .quit: return leave()
    case .help:
      isHelpShown.toggle()
      helpOffset = 0
      return []
    case .redraw: return [.redraw]
    case .cancel: return cancel()
    case .prompt:
      mode = .typing(TextEntry(purpose: .command))
      return []
    case .view(let section): return show(section)
    case .viewStep(let step): return stepSection(step)
    case .set(let setting): return set(setting)
    case .bind(let binding):
      keymap.bind(binding)
      return []
    case .playlist(let command): return perform(command)
    case .list(let command): return perform(command)
    case .details: return toggleDetails()
    case .scan(let folders):
      guard scan == nil else { return say("music is being read already") }
      scan = ScanStatus()
      isScanAsked = true
      return [.scan(folders)] + say("looking for music")
    case .move, .activate, .search, .searchStep, .queueAdd, .queueAddNext, .queueRemove,
      .queueClear, .queueMove:
      return performOnList(command)
    case .smart(let smart): return perform(smart)
    case .mood, .policy, .camera, .user, .register, .calibrate: return performOnListener(command)
    case .pause, .next, .previous, .replay, .seek, .volume, .rate: return performOnSound(command)
    }
  }

  private mutating func performOnListener(_ command: Command) -> [Effect] {
    switch command {
    case .mood(let mood): return setMood(mood)
    case .policy(let wanted): return setPolicy(wanted)
    case .camera(.on): return turnCamera(on: true)
    case .camera(.off): return turnCamera(on: false)
    case .camera:
      return camera.status == .ended ? restartCamera() : turnCamera(on: !camera.isOn)
    case .user(let name): return switchListener(to: name)
    case .register(let name): return register(name: name)
    case .calibrate(let undoes): return calibrate(undoes: undoes)
    default: return []
    }
  }

  private mutating func cancel() -> [Effect] {
    typedKeys = []
    if isHelpShown {
      isHelpShown = false
      return []
    }
    if details != nil {
      details = nil
      return []
    }
    message = nil
    if section == .playlists {
      playlists.opened = nil
      return []
    }
    return searchText.isEmpty && library.text.isEmpty ? [] : find("")
  }

  mutating func show(_ section: Section) -> [Effect] {
    isHelpShown = false
    details = nil
    guard self.section != section else { return [] }
    self.section = section
    searchText = section == .library ? library.text : ""
    return loadLibrary() + listPlaylists() + sendPreview()
  }

  private mutating func stepSection(_ step: Int) -> [Effect] {
    let all = Section.allCases
    let place = all.firstIndex(of: section) ?? 0
    return show(all[(place + step + all.count) % all.count])
  }

  private mutating func set(_ setting: Setting) -> [Effect] {
    if case .theme(let name) = setting, themes[name] == nil {
      let known = themes.keys.sorted().joined(separator: ", ")
      return say("no theme '\(name)': there are \(known)", .warning)
    }
    settings.apply(setting)
    switch setting {
    case .theme, .glyphs:
      dress()
      return sendPreview()
    case .camera: return camera.isOn || settings.source != nil ? restartCamera() : []
    case .preview: return sendPreview()
    case .refill(let isOn): return say(isOn ? "the queue refills itself" : "no refill")
    case .identity: return [sendGallery]
    case .autoplay: return []
    case .watch(let isOn): return [.followFolders(isOn)]
    case .leveling(let leveling): return [.player(.leveling(leveling))]
    }
  }
}
