import ArgumentParser
import Music
import Perception
import StoreSQLite
import Taste

/// `emus user`: registers faces, says who is known, renames, forgets.
struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: "Register a face, see who is known, forget someone wholly.",
    subcommands: [Add.self, List.self, Rename.self, Remove.self], defaultSubcommand: List.self)

  struct Add: AsyncParsableCommand, LooksAtFaces {
    static let configuration = CommandConfiguration(
      abstract: "Register a face: about a dozen frames, or the images of a folder.")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The listener's name.", transform: Arguments.plainText) var name: String
    @OptionGroup var looking: SourceOption

    func run() async throws {
      try await Failure.reported {
        let home = try Home(shared.home)
        let configuration = ConfigurationFile(home: home, installation: Installation())
        for problem in configuration.problems { Failure.complain(problem) }
        let source = looking.source.map(ImageSource.init(argument:)) ?? configuration.camera
        try home.make()
        let store = Store.live(try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase))
        try await store.refuse(faceFor: name)
        let enrolled = try await EyeSession().enrol(source)
        let listener = try await store.change(.add(name: name, template: enrolled.template))
        if shared.json {
          try JSONOutput.print(UserResult(listener, frames: enrolled.frames))
        } else {
          print(
            "\(listener.name) is registered, from \(counted(enrolled.frames, "image")) of the face."
          )
        }
      }
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Who is known.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
      try await Failure.reported {
        let home = try Home(shared.home)
        try home.make()
        let store = Store.live(try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase))
        let listeners = try await store.listeners()
        if shared.json {
          try JSONOutput.print(listeners.map { UserResult($0, frames: nil) })
          return
        }
        for listener in listeners {
          print("\(listener.name)  \(listener.hasFace ? "face registered" : "no face")")
        }
      }
    }
  }

  struct Rename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give a listener another name.")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The name now.", transform: Arguments.plainText) var name: String
    @Argument(help: "The new name.", transform: Arguments.plainText) var newName: String

    func run() async throws {
      try await Failure.reported {
        let home = try Home(shared.home)
        try home.make()
        let store = Store.live(try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase))
        let listener = try await store.listener(named: name)
        guard listener.id != .guest else {
          throw Failure(.usage, "nothing is kept of a guest, so there is nothing to rename")
        }
        let renamed: Listener
        do {
          renamed = try await store.change(.rename(listener.id, to: newName))
        } catch let fault as StoreFault where fault.isOfName {
          throw Failure(.usage, "\(fault)")
        }
        if shared.json {
          try JSONOutput.print(UserResult(renamed, frames: nil))
        } else {
          print("\(name) is now \(renamed.name).")
        }
      }
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Forget a listener wholly: face, ratings, history.")

    @OptionGroup var shared: SharedOptions
    @Argument(help: "The listener's name.", transform: Arguments.plainText) var name: String

    func run() async throws {
      try await Failure.reported {
        let home = try Home(shared.home)
        try home.make()
        let store = Store.live(try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase))
        let listener = try await store.listener(named: name)
        guard listener.id != .guest else {
          throw Failure(.usage, "nothing is kept of a guest, so there is nothing to forget")
        }
        _ = try await store.change(.remove(listener.id))
        if shared.json {
          try JSONOutput.print(UserRemovalResult(name: name, forgotten: true))
        } else {
          print("\(name) is forgotten.")
        }
      }
    }
  }
}

/// A listener as JSON.
struct UserResult: Encodable {
  var name: String
  var face: Bool
  /// From how many a face was registered just now.
  @OrNull var frames: Int?

  init(_ listener: Listener, frames: Int?) {
    name = listener.name
    face = listener.hasFace
    self.frames = frames
  }
}

/// Who is not known any more, as JSON.
struct UserRemovalResult: Encodable {
  var name: String
  var forgotten: Bool
}

extension Store {
  /// Refuses a name under which no face can be registered, before one is looked at.
  fileprivate func refuse(faceFor name: String) async throws {
    let fault: StoreFault? =
      if let clean = ListenerName.clean(name) {
        if ListenerName.isReserved(clean) {
          .reservedName(clean)
        } else {
          try await hasFace(clean) ? .faceTaken(clean) : nil
        }
      } else {
        .badName(name)
      }
    if let fault { throw Failure(.usage, "\(fault)") }
  }

  private func hasFace(_ name: String) async throws -> Bool {
    let known = try await listeners().first { ListenerName.isSame($0.name, name) }
    return try await gallery(FaceTemplate.currentRecogniser).contains {
      $0.person == known?.id.rawValue
    }
  }

  /// The listener of a name; guest is always there.
  func listener(named name: String) async throws -> Listener {
    if name == Listener.guest.name { return .guest }
    let all = try await listeners()
    guard let found = all.first(where: { $0.name == name }) else {
      let names = all.map(\.name).joined(separator: ", ")
      let known = all.count == 1 ? "is \(names) alone" : "are \(names)"
      throw Failure(.usage, "no listener '\(name)': there \(known)")
    }
    return found
  }
}
