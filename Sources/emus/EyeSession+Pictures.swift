import Perception

/// One picture of many for the eye to read.
enum EyePicture {
  case file(String, isCropped: Bool)
  case gray(GrayPicture)

  fileprivate func request(_ number: Int) -> EyeRequest {
    switch self {
    case .file(let path, let isCropped): .look(number: number, path: path, isCropped: isCropped)
    case .gray(let picture): .classify(number: number, picture)
    }
  }

  /// Why the eye need not be asked.
  fileprivate var refusal: EyeTrouble? {
    if case .file(let path, _) = self { PictureFiles.refusal(of: path) } else { nil }
  }

  /// For messages.
  fileprivate var name: String {
    if case .file(let path, _) = self { FileName.shown(path) } else { "a picture" }
  }
}

extension EyeSession {
  /// Several, so that the eye never waits for us; few, so that memory stays small.
  private static let picturesUnderWay = 8
  /// So many pictures in a row at which the eye ended mean that it is not the pictures' fault.
  private static let endsInARow = 3

  /// Has the eye read pictures, and hands on each answer in the order in which they came.
  ///
  /// `next` is asked for a picture when there is room for one; nil ends it. A picture that cannot be
  /// read, or at which the eye crashes, is a trouble of its own and the others go on; that the eye
  /// cannot look at all is thrown.
  func look<Item>(
    isolation: isolated (any Actor)? = #isolation, gallery: [GalleryEntry] = [],
    next: () throws -> (item: Item, picture: EyePicture)?,
    answer: (Item, Result<Look, EyeTrouble>) throws -> Void
  ) async throws {
    let watcher = watcher()
    do {
      try await read(with: watcher, gallery: gallery, next: next, answer: answer)
    } catch {
      await watcher.stop()
      throw error
    }
    await watcher.stop()
  }

  private func read<Item>(
    isolation: isolated (any Actor)? = #isolation, with watcher: Watcher,
    gallery: [GalleryEntry], next: () throws -> (item: Item, picture: EyePicture)?,
    answer: (Item, Result<Look, EyeTrouble>) throws -> Void
  ) async throws {
    watcher.send(.gallery(gallery))
    var replies = watcher.replies().makeAsyncIterator()
    var queue = PictureQueue<Item>()
    var ends = 0
    while true {
      while queue.count < Self.picturesUnderWay, let (item, picture) = try next() {
        if let request = queue.add(item, picture) { watcher.send(request) }
      }
      guard queue.count > 0 else { return }
      if let (item, result, isRead) = queue.popAnswered() {
        if isRead { ends = 0 }
        try answer(item, result)
        continue
      }
      switch await replies.next(isolation: isolation) {
      case .looked(let number, let look): queue.note(.success(look), of: number)
      case .refused(let number, let trouble): queue.note(.failure(trouble), of: number)
      case .trouble(let trouble):
        ends += 1
        guard trouble.kind == .eye, ends < Self.endsInARow else { throw Failure(trouble) }
        for request in queue.skipFirst(because: trouble.message) { watcher.send(request) }
      case nil: throw Failure(.failed, "the eye has gone")
      case .begun, .opened, .glimpse, .preview, .enrolled, .ended, .trained, .training: continue
      }
    }
  }
}

/// The pictures that the eye was sent, in their order, and the answers that wait for those before.
private struct PictureQueue<Item> {
  private struct Entry {
    var number: Int
    var item: Item
    var picture: EyePicture
    var answer: Result<Look, EyeTrouble>?
    /// The answer came from the eye, not from its end.
    var isRead = true
  }

  private var entries: [Entry] = []
  private var lastNumber = 0

  var count: Int { entries.count }

  /// Nil where the picture is refused already.
  mutating func add(_ item: Item, _ picture: EyePicture) -> EyeRequest? {
    lastNumber += 1
    let refusal = picture.refusal
    entries.append(
      Entry(
        number: lastNumber, item: item, picture: picture, answer: refusal.map { .failure($0) },
        isRead: refusal == nil))
    return refusal == nil ? picture.request(lastNumber) : nil
  }

  mutating func note(_ answer: Result<Look, EyeTrouble>, of number: Int) {
    guard let index = entries.firstIndex(where: { $0.number == number }) else { return }
    entries[index].answer = answer
  }

  mutating func popAnswered() -> (item: Item, result: Result<Look, EyeTrouble>, isRead: Bool)? {
    guard let first = entries.first, let answer = first.answer else { return nil }
    entries.removeFirst()
    return (first.item, answer, first.isRead)
  }

  /// The eye ended: the first picture without an answer was in its hands. The others are asked for
  /// again, under new numbers, lest an answer to the old ones is still on its way.
  mutating func skipFirst(because reason: String) -> [EyeRequest] {
    var requests: [EyeRequest] = []
    var isFirst = true
    for index in entries.indices where entries[index].answer == nil {
      let picture = entries[index].picture
      if isFirst {
        entries[index].answer = .failure(
          EyeTrouble(kind: .input, message: "\(picture.name): \(reason)"))
        entries[index].isRead = false
        isFirst = false
      } else {
        lastNumber += 1
        entries[index].number = lastNumber
        requests.append(picture.request(lastNumber))
      }
    }
    return requests
  }
}
