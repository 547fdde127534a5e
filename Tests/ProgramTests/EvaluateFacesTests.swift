import Foundation
import Perception
import Testing

@Suite("emus evaluate faces")
struct EvaluateFacesTests {
  private static let keys: Set = [
    "user", "n", "not_found", "unreadable", "failed", "accuracy", "macro_f1", "ece", "per_class",
    "confusion",
    "ms_per_face",
  ]

  /// Rows of a table like fer2013.csv: drawn faces under the emotion that they are drawn with,
  /// from the phases of the demo face.
  private func rows(usage: String, every seconds: Double = 5) -> [String] {
    stride(from: 1, to: 30, by: seconds).compactMap { time in
      guard let emotion = DemoFace.expression(at: time),
        let number = Emotion.allCases.firstIndex(of: emotion)
      else { return nil }
      let frame = DemoFace.render(at: time, width: 320, height: 240)
      let pixels = (0..<48 * 48).map { place -> String in
        let (row, column) = (50 + place / 48 * 3, 88 + place % 48 * 3)
        return String(frame[row * 320 + column])
      }
      return "\(number),\(pixels.joined(separator: " ")),\(usage)"
    }
  }

  private func table(_ program: Program, _ rows: [String]) throws -> String {
    try program.file(
      "fer2013.csv", Array((["emotion,pixels,Usage"] + rows).joined(separator: "\n").utf8))
  }

  @Test("the pixels of a table are crops; every figure of the object is there and consistent")
  func csv() throws {
    let program = try Program()
    let drawn = rows(usage: "PublicTest")
    let path = try table(program, drawn + rows(usage: "Training", every: 9))
    let result = try program.emus(
      "evaluate", "faces", "--data", path, "--usage", "PublicTest", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.isEmpty)
    let object = try result.object()
    #expect(Set(object.keys) == Self.keys)
    #expect(object["n"] as? Int == drawn.count)
    #expect(object["not_found"] as? Int == 0)
    let confusion = try #require(object["confusion"] as? [[Int]])
    #expect(confusion.count == 7 && confusion.allSatisfy { $0.count == 7 })
    #expect(confusion.joined().reduce(0, +) == drawn.count)
    let right = (0..<7).map { confusion[$0][$0] }.reduce(0, +)
    let accuracy = try #require(object["accuracy"] as? Double)
    #expect(abs(accuracy - Double(right) / Double(drawn.count)) < 1e-9)
    #expect(accuracy > 0.5, "the drawn faces are read right mostly")
    let classes = try #require(object["per_class"] as? [String: [String: Any]])
    #expect(Set(classes.keys) == Set(Emotion.allCases.map(\.rawValue)))
    for figures in classes.values {
      #expect(Set(figures.keys) == ["n", "not_found", "precision", "recall", "f1"])
      let isEmpty = figures["n"] as? Int == 0
      for name in ["precision", "recall", "f1"] {
        #expect((figures[name] is NSNull) == isEmpty, "\(name) of \(figures)")
      }
    }
    #expect(object["unreadable"] as? Int == 0 && object["user"] is NSNull)
    // The mean over the emotions that occur, as the README says.
    let scores = classes.values.compactMap { $0["f1"] as? Double }
    let macro = try #require(object["macro_f1"] as? Double)
    #expect(abs(macro - scores.reduce(0, +) / Double(scores.count)) < 1e-9)
    let ece = try #require(object["ece"] as? Double)
    #expect((0...1).contains(ece))
    let times = try #require(object["ms_per_face"] as? [String: Double])
    #expect(try #require(times["p50"]) > 0)
    #expect(try #require(times["p99"]) >= #require(times["p50"]))
    let all = try program.emus("evaluate", "faces", "--data", path, "--json").object()
    #expect((all["n"] as? Int ?? 0) > drawn.count)
  }

  @Test("a usage that is not there is a usage error that names those that are")
  func wrongUsage() throws {
    let program = try Program()
    let path = try table(program, ["3,1 2 3 4,Training", "4,1 2 3 4,PublicTest"])
    let result = try program.emus("evaluate", "faces", "--data", path, "--usage", "Nonsense")
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains("PublicTest, Training"), "\(result.errors)")
    let folder = try program.file("set/happy/a.pgm", [])
      .replacingOccurrences(of: "/happy/a.pgm", with: "")
    #expect(
      try program.emus("evaluate", "faces", "--data", folder, "--usage", "Training").status == 64)
  }

  @Test("bad rows are named by their line and never stop it, unless nothing is left")
  func badRows() throws {
    let program = try Program()
    let path = try table(
      program,
      ["9,1 2 3 4,Training", "3,1 2 3,Training", ",1 2 3 4,Training"] + rows(usage: "Training"))
    let result = try program.emus("evaluate", "faces", "--data", path, "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.object()["n"] as? Int == rows(usage: "Training").count)
    #expect(try result.object()["unreadable"] as? Int == 2)
    #expect(result.errors.contains("line 2") && result.errors.contains("line 3"))
    #expect(result.errors.contains("1 row has none"), "\(result.errors)")
    let bad = try table(program, ["9,1 2 3 4,Training"])
    #expect(try program.emus("evaluate", "faces", "--data", bad).status == 66)
  }

  @Test("each of many that cannot be read is named, to people and to machines")
  func manyBad() throws {
    let program = try Program()
    var happy = ""
    for place in 0..<14 {
      happy = try program.file("set/happy/\(place).png", Array("no image".utf8))
    }
    let folder = URL(fileURLWithPath: happy).deletingLastPathComponent()
    let set = folder.deletingLastPathComponent().path
    let nothing = try program.emus("evaluate", "faces", "--data", set, "--json")
    #expect(nothing.status == 66, "\(nothing.status)")
    #expect(try nothing.object()["n"] as? Int == 0)
    #expect(try nothing.object()["unreadable"] as? Int == 14)
    try DemoPicture.write(to: folder.path + "/good.pgm", at: 7)
    let result = try program.emus("evaluate", "faces", "--data", set, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let object = try result.object()
    #expect(object["n"] as? Int == 1 && object["unreadable"] as? Int == 14)
    let failed = try #require(object["failed"] as? [[String: Any]])
    let paths = Set((0..<14).map { "\(folder.path)/\($0).png" })
    #expect(Set(failed.compactMap { $0["path"] as? String }) == paths)
    #expect(failed.allSatisfy { ($0["reason"] as? String)?.hasPrefix("not an image") == true })
    #expect(failed.allSatisfy { $0["line"] is NSNull })
    for path in paths { #expect(result.errors.contains(path)) }
    // The same of a table, with its lines.
    let table = try table(program, ["9,1 2 3 4,Training"] + rows(usage: "Training"))
    let bad = try program.emus("evaluate", "faces", "--data", table, "--json").object()["failed"]
    let row = try #require((bad as? [[String: Any]])?.first)
    #expect(row["path"] as? String == table && row["line"] as? Int == 2)
  }

  @Test("a data set in parts, as Kaggle packs FER2013, is told with the parts to give")
  func parts() throws {
    let program = try Program()
    for part in ["train", "test"] {
      _ = try program.file("kaggle/\(part)/happy/x.txt", [])
      try DemoPicture.write(
        to: program.folder.appendingPathComponent("kaggle/\(part)/happy/a.pgm").path, at: 7)
    }
    let root = program.folder.appendingPathComponent("kaggle").path
    let result = try program.emus("evaluate", "faces", "--data", root)
    #expect(result.status == 66, "\(result.errors)")
    #expect(result.errors.contains("--data \(root)/test or \(root)/train"), "\(result.errors)")
    let usage = try program.emus("evaluate", "faces", "--data", root, "--usage", "PublicTest")
    #expect(usage.status == 64, "\(usage.errors)")
    #expect(try program.emus("evaluate", "faces", "--data", root + "/test").status == 0)
  }

  @Test("folders of emotions go by any of their names, others are skipped and told")
  func folders() throws {
    let program = try Program()
    for name in ["Happiness", "sad", "contempt"] {
      _ = try program.file("set/\(name)/notes.txt", Array("x".utf8))
    }
    let folder = program.folder.appendingPathComponent("set").path
    // The drawn face smiles at 7 s and is sad at 15 s.
    try DemoPicture.write(to: folder + "/Happiness/a.pgm", at: 7)
    try DemoPicture.write(to: folder + "/sad/b.pgm", at: 15)
    _ = try program.file("set/sad/broken.png", Array("no image".utf8))
    _ = try program.file(
      "set/sad/wall.pgm", Array("P5\n64 64\n255\n".utf8) + [UInt8](repeating: 90, count: 4096))
    let result = try program.emus("evaluate", "faces", "--data", folder, "--json")
    #expect(result.status == 0, "\(result.errors)")
    let object = try result.object()
    #expect(object["n"] as? Int == 3)
    #expect(object["not_found"] as? Int == 1)
    #expect(object["unreadable"] as? Int == 1, "broken.png, which is no image")
    #expect(abs(try #require(object["accuracy"] as? Double) - 2.0 / 3) < 1e-9)
    let classes = try #require(object["per_class"] as? [String: [String: Any]])
    #expect(classes["sad"]?["not_found"] as? Int == 1)
    #expect(classes["fear"]?["n"] as? Int == 0 && classes["fear"]?["recall"] is NSNull)
    let text = try program.emus("evaluate", "faces", "--data", folder).output
    #expect(text.contains("3, 1 of them not found"), "\(text)")
    #expect(text.contains("no face\n") && text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.contains("unreadable  1, not among the faces"), "\(text)")
    #expect(result.errors.contains("contempt") && result.errors.contains("broken.png"))
    let cropped = try program.emus(
      "evaluate", "faces", "--data", folder, "--cropped", "--json"
    ).object()
    #expect(cropped["not_found"] as? Int == 0)
  }

  @Test("labels.csv names its files beside it; a folder that holds it is enough")
  func labels() throws {
    let program = try Program()
    let text =
      "\u{FEFF}file,person,emotion\r\nhappy.pgm,\"a, b\",happy\r\nhappy.pgm,,\r\n"
      + "gone.pgm,x,sad\r\nhappy.pgm,x,3\r\n"
    let table = try program.file("set/labels.csv", Array(text.utf8))
    let folder = (table as NSString).deletingLastPathComponent
    try DemoPicture.write(to: folder + "/happy.pgm", at: 7)
    for data in [folder, table] {
      let result = try program.emus("evaluate", "faces", "--data", data, "--json")
      #expect(result.status == 0, "\(result.errors)")
      let object = try result.object()
      #expect(object["n"] as? Int == 2)
      #expect(object["accuracy"] as? Double == 1)
      #expect(result.errors.contains("gone.pgm"), "\(result.errors)")
    }
  }

  @Test("data that cannot be read exits 66 and names itself")
  func badData() throws {
    let program = try Program()
    let empty = try program.file("empty/x", []).replacingOccurrences(of: "/x", with: "")
    let inputs = [
      "/nonexistent/set", "/dev/null", empty, try program.file("empty.csv", []),
      try program.file("other.csv", Array("a,b\n1,2\n".utf8)),
      try program.file("header.csv", Array("emotion,pixels\n".utf8)),
      try program.file("noise.csv", (0..<5000).map { UInt8($0 * 7919 % 251) }),
    ]
    for input in inputs {
      let result = try program.emus("evaluate", "faces", "--data", input)
      #expect(result.status == 66, "\(input): \(result.status) \(result.errors)")
      #expect(result.errors.contains(input), "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
    let rows = ["emotion,pixels", "3,0 0 0 0", "3,7"].joined(separator: "\n")
    let small = try program.file("small.csv", Array(rows.utf8))
    let cut = try program.emus("evaluate", "faces", "--data", small)
    #expect(cut.status == 66 && cut.errors.contains("line 2: 2 x 2 pixels"), "\(cut.errors)")
    let column = try program.file("column.csv", Array("emotion,picture\n3,a.png\n".utf8))
    let missing = try program.emus("evaluate", "faces", "--data", column)
    #expect(missing.errors.contains("no column pixels or file"), "\(missing.errors)")
    let other = try program.file("semicolons.csv", Array("emotion;pixels\n3;1 2 3 4\n".utf8))
    let result = try program.emus("evaluate", "faces", "--data", other)
    #expect(result.status == 66 && result.errors.contains("parted by commas"), "\(result.errors)")
    #expect(try program.emus("evaluate", "faces").status == 64)
    #expect(try program.emus("evaluate", "faces", "--data", "").status == 64)
  }

  @Test("people see the figures and an aligned table of label against answer")
  func people() throws {
    let program = try Program()
    let path = try table(program, rows(usage: "Training"))
    let result = try program.emus("evaluate", "faces", "--data", path)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    for word in ["accuracy", "macro F1", "ECE", "ms a face"] {
      #expect(lines.contains { $0.hasPrefix(word) }, "\(word)")
    }
    let head = try #require(lines.firstIndex { $0.hasPrefix("is\\said") })
    let table = lines[head...(head + 7)]
    #expect(Set(table.map(\.count)).count == 1, "\(result.output)")
    #expect(table.allSatisfy { $0.count <= 80 }, "\(result.output)")
    #expect(
      table.dropFirst().map { $0.split(separator: " ").first }
        == Emotion.allCases.map { $0.rawValue[...] })
  }
}
