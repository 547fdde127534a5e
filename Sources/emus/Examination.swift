import Foundation
import Glibc
import LibraryFiles
import Music
import Perception
import PlaybackMpv
import StoreSQLite

/// Looks at everything that the player needs, by using it.
struct Examination {
  let home: Home
  let installation = Installation()

  func all() async -> [Check] {
    var checks = [terminal, camera]
    checks += await eye()
    checks.append(await QuietErrors.during { _ in await soundInTime() })
    checks += [music, await database()]
    return checks
  }

  private var terminal: Check {
    let name = ProcessInfo.processInfo.environment["TERM"] ?? ""
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { ProcessInfo.processInfo.environment[$0] }.first { !$0.isEmpty } ?? "not set"
    guard isatty(1) == 1, !name.isEmpty, name != "dumb" else {
      return Check(
        "terminal", .optional, "no terminal here", advice: "emus --once works without one")
    }
    guard locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8") else {
      return Check(
        "terminal", .optional, "\(name), locale \(locale): plain characters",
        advice: "a UTF-8 locale draws finer lines: export LC_ALL=C.UTF-8")
    }
    return Check("terminal", .works, "\(name), locale \(locale)")
  }

  private var camera: Check {
    let devices = (0..<10).map { "/dev/video\($0)" }
      .filter { FileManager.default.fileExists(atPath: $0) }
    guard let first = devices.first else {
      return Check(
        "camera", .optional, "no /dev/video0",
        advice: "plug one in, or set the mood by key (m); --source demo shows a drawn face")
    }
    guard access(first, R_OK | W_OK) == 0 else {
      return Check(
        "camera", .optional, "\(first): \(String(cString: strerror(errno)))",
        advice: "add yourself to its group: sudo usermod -aG video $USER, then log in again")
    }
    return Check("camera", .works, devices.joined(separator: " "))
  }

  /// Has the eye read the drawn face: proves program, cascade and network in one go.
  private func eye() async -> [Check] {
    guard access(installation.eye, X_OK) == 0 else {
      return [
        Check(
          "eye", .missing, "\(installation.eye) is not there",
          advice: "build and install again: make install")
      ]
    }
    guard let weights = installation.weights.map(InstalledWeights.init(folder:)) else {
      return [
        Check(
          "eye", .missing, "no folder of weights belongs to \(installation.programs)",
          advice: "build and install again: make install")
      ]
    }
    return [await network(weights), await hog(weights)]
  }

  private func network(_ weights: InstalledWeights) async -> Check {
    do {
      let clock = ContinuousClock()
      let start = clock.now
      let glimpses = try await EyeSession().once(.demo, gallery: [])
      let milliseconds = Int((clock.now - start) / .milliseconds(1))
      guard let glimpse = glimpses.first(where: { $0.face != nil }) else {
        return Check("eye", .missing, "the demo face was not found", advice: reinstall)
      }
      guard glimpse.logits != nil else {
        return Check("eye", .missing, "the network answered nonsense", advice: weights.advice)
      }
      return Check("eye", .works, "found and read the demo face in \(milliseconds) ms")
    } catch {
      let advice = weights.isConcerned(in: "\(error)") ? weights.advice : reinstall
      return Check("eye", .missing, "\(error)", advice: advice)
    }
  }

  /// The same with the weights of HOG, with their checksum; the player does without them.
  private func hog(_ weights: InstalledWeights) async -> Check {
    do {
      let eye = EyeSession(classifier: .hog)
      let isRead = try await eye.once(.demo, gallery: []).contains { $0.logits != nil }
      guard isRead else {
        return Check("hog", .optional, "did not read the demo face", advice: weights.hogAdvice)
      }
      return Check("hog", .works, "\(ClassifierKind.hog.weights) is whole and read the demo face")
    } catch {
      let advice = weights.isConcerned(in: "\(error)") ? weights.hogAdvice : reinstall
      return Check("hog", .optional, "\(error)", advice: advice)
    }
  }

  private var reinstall: String { "apt-get install opencv-data, or build again: make build" }

  /// Seconds in which libmpv should have found its output; a hung sound server answers never.
  private static let soundLimit = 10

  private func soundInTime() async -> Check {
    let (checks, answer) = AsyncStream.makeStream(of: Check.self)
    // Not children of this task, which would have to wait for the one that hangs.
    Task { answer.yield(await sound()) }
    let alarm = Task {
      try await Task.sleep(for: .seconds(Self.soundLimit))
      answer.yield(
        Check(
          "sound", .missing, "no answer within \(Self.soundLimit) s",
          advice: "restart the sound server: systemctl --user restart pipewire pulseaudio"))
    }
    defer { alarm.cancel() }
    for await check in checks { return check }
    return Check("sound", .missing, "the check was interrupted")
  }

  private func sound() async -> Check {
    let player = Player.live(options: .environment)
    player.send(.prepare)
    var check = Check("sound", .missing, "libmpv did not answer", advice: "apt-get install libmpv2")
    loop: for await event in player.events() {
      switch event {
      case .output(let name, isSilent: false):
        check = Check("sound", .works, name)
        break loop
      case .output:
        check = Check(
          "sound", .optional, "no sound device: plays silently",
          advice: "start PipeWire or PulseAudio, or check the ALSA device with aplay -l")
        break loop
      case .unavailable(let message):
        check = Check("sound", .missing, message, advice: "apt-get install libmpv2")
        break loop
      default: continue
      }
    }
    await player.stop()
    return check
  }

  private var music: Check {
    guard let folder = installation.library,
      let files = FileManager.default.enumerator(atPath: folder)
    else {
      return Check("demo music", .optional, "not found", advice: "emus scan FOLDER adds your own")
    }
    let pieces = files.lazy.compactMap { $0 as? String }.count { $0.hasSuffix(".opus") }
    return Check("demo music", .works, "\(pieces) pieces in \(folder)")
  }

  private func database() async -> Check {
    guard FileManager.default.fileExists(atPath: home.database) else {
      let place = NewFolder.existing(home.data)
      guard Place.kind(FileName.bytes(of: place)) == .folder,
        let name = FileName.cString(place), access(name, W_OK | X_OK) == 0
      else {
        return Check(
          "database", .missing, "\(home.database) cannot be made: \(place) is not ours to write in",
          advice: "name another folder with --home, or take back what another user owns there")
      }
      return Check("database", .works, "none yet; \(home.database) is made at the first start")
    }
    do {
      let database = try OpenDatabase.existingOrNew(home)
      let page = try await Catalog.stored(in: database).page(CatalogQuery(), 0..<1)
      // Demo pieces are in no count; they show while there is nothing else.
      let own = page.rows.first?.isDemo == true ? 0 : page.total
      return Check("database", .works, "\(home.database), \(counted(own, "track"))")
    } catch {
      return Check("database", .missing, "\(error)")
    }
  }
}
