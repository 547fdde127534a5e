import Perception
import TestSupport
import Testing

@Suite("A table of labelled faces")
struct LabelledTableTests {
  /// The rows of a text that comes in portions of so many bytes.
  private func rows(_ bytes: [UInt8], portion: Int = 7) -> [CommaSeparatedRows.Row] {
    var rows: [CommaSeparatedRows.Row] = []
    var reader = CommaSeparatedRows()
    for start in stride(from: 0, to: bytes.count, by: portion) {
      reader.append(bytes[start..<min(start + portion, bytes.count)])
      while let row = reader.next(atEnd: false) { rows.append(row) }
    }
    while let row = reader.next(atEnd: true) { rows.append(row) }
    return rows
  }

  private func texts(_ text: String, portion: Int = 7) -> [[String]] {
    rows(Array(text.utf8), portion: portion).map {
      $0.fields.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test("Rows are the same however the bytes come", arguments: [1, 2, 3, 5, 1000])
  func portions(portion: Int) {
    let text = "\u{FEFF}\"a\",b\r\n1,\"two, \"\"2\"\"\nlines\"\n\n,\nlast,5\" disk"
    #expect(
      texts(text, portion: portion) == [
        ["a", "b"], ["1", "two, \"2\"\nlines"], [""], ["", ""], ["last", "5\" disk"],
      ])
    #expect(rows(Array(text.utf8), portion: portion).map(\.line) == [1, 2, 4, 5, 6])
  }

  @Test("A quote that is never closed spoils its own row only")
  func openQuote() {
    #expect(texts("a,b\n\"x,1\ny,2\n") == [["a", "b"], ["\"x", "1"], ["y", "2"]])
  }

  @Test("A row whose quote is never closed is refused for that, not for a file of that name")
  func openQuoteEntry() throws {
    let found = try entries("file,emotion\n\"a.png,sad\nb.png,happy\n")
    #expect(found.first == .bad("a quote is never closed"))
    #expect(found.count == 2 && found.last != found.first)
  }

  @Test("A row beyond reason is dropped whole, and those after it are read")
  func endlessRow() {
    let bytes = Array("a\n".utf8) + Array(repeating: 65, count: 5 << 20) + Array("\nb\n".utf8)
    let rows = rows(bytes, portion: 1 << 18)
    #expect(rows.map(\.line) == [1, 2, 3])
    #expect(rows[1].fields.isEmpty)
    #expect(rows[2].fields.map { Array($0) } == [Array("b".utf8)])
  }

  private func entries(
    _ text: String, usage: String? = nil
  ) throws -> [LabelledTable.Entry] {
    let rows = rows(Array(text.utf8))
    let header = try #require(rows.first)
    let table = try #require(LabelledTable(header: header))
    return rows.dropFirst().map { table.entry($0, usage: usage, folder: "/set") }
  }

  private func gray(_ emotion: Emotion, _ levels: [UInt8], line: Int) throws -> LabelledTable.Entry
  {
    let side = levels.count == 4 ? 2 : 1
    let picture = try #require(GrayPicture(levels: levels, width: side, height: side))
    return .face(
      LabelledFace(emotion: emotion, picture: .gray(picture)))
  }

  @Test(
    "The columns of fer2013.csv may stand in any order, case and quotes",
    arguments: [
      "emotion,pixels,Usage\n3,0 64 128 255,Training\n6,7,PrivateTest\n",
      "EMOTION, Usage, pixels\r\n3,Training,0 64 128 255\r\n6,PrivateTest,7\r\n",
      "\"Usage\",\"Pixels\",\"x\",\"emotion\"\nTraining,\"0 64  128 255 \",,\"3\"\nPrivateTest,7,,6",
    ])
  func kaggle(text: String) throws {
    let all = try entries(text)
    #expect(
      all == [try gray(.happy, [0, 64, 128, 255], line: 2), try gray(.neutral, [7], line: 3)])
    #expect(try entries(text, usage: "privatetest") == [.elsewhere, all[1]])
  }

  @Test("labels.csv names files beside it and emotions by name or number")
  func labels() throws {
    let text = """
      file,person,emotion
      a.png,"x, y",Happiness
      /b.png,,4
      sub/c.png,,
      d.png,,contempt
      """
    #expect(
      try entries(text) == [
        .face(LabelledFace(emotion: .happy, picture: .file("/set/a.png"))),
        .face(LabelledFace(emotion: .sad, picture: .file("/b.png"))),
        .unlabelled, .unlabelled,
      ])
  }

  @Test(
    "A row that makes no sense is bad and says why",
    arguments: [
      ("7,1 2 3 4", "7"), ("-1,1", "-1"), ("hapy,1", "hapy"), ("3,1 2 3", "square"),
      ("3,1 2 3 256", "square"), ("3,1 2 x 4", "square"), ("3,", "square"), ("3", "1 fields"),
      ("3,1,Training,extra", "4 fields"),
    ])
  func badRows(row: String, reason: String) throws {
    guard case .bad(let why)? = try entries("emotion,pixels\n" + row + "\n").first else {
      Issue.record("\(row) was read")
      return
    }
    #expect(why.contains(reason), "\(why)")
  }

  @Test(
    "A header without the needed columns is no table",
    arguments: ["a,b", "emotion,picture", "pixels,file", "\u{1}\u{2}", ""])
  func foreign(header: String) {
    for row in rows(Array((header + "\n").utf8)) {
      #expect(LabelledTable(header: row) == nil)
    }
  }

  @Test("Every emotion has its own name, and the words of data sets lead to it")
  func names() {
    for emotion in Emotion.allCases {
      #expect(EmotionLabel(name: emotion.rawValue.uppercased()) == .emotion(emotion))
      #expect(EmotionLabel(cell: emotion.rawValue) == .emotion(emotion))
    }
    let synonyms: [(String, Emotion)] = [
      ("Anger", .angry), ("disgusted", .disgust), ("fearful", .fear), ("afraid", .fear),
      ("happiness", .happy), ("SADNESS", .sad), ("surprised", .surprise), ("neutrality", .neutral),
      ("normal", .neutral),
    ]
    for (name, emotion) in synonyms { #expect(EmotionLabel(name: name) == .emotion(emotion)) }
    #expect(EmotionLabel(name: "Contempt") == .other)
    #expect(EmotionLabel(cell: "") == EmotionLabel.none)
    // The order of numbered folders differs from set to set.
    #expect(EmotionLabel(name: "3") == nil)
  }

  @Test("Mutated tables are read or refused, and never trap")
  func mutation() {
    var generator = SeededGenerator(seed: 11)
    let text = Array(
      "emotion,pixels,Usage\r\n3,\"0 64 128 255\",Training\n0,9,\"Pri\"\"vate\"\n".utf8)
    var faces = 0
    for _ in 0..<4000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      let rows = rows(bytes, portion: Int.random(in: 1...40, using: &generator))
      guard let header = rows.first, let table = LabelledTable(header: header) else { continue }
      for row in rows.dropFirst() {
        if case .face = table.entry(row, usage: nil, folder: "/") { faces += 1 }
      }
    }
    #expect(faces > 1000)
  }
}
