import Foundation
import Perception
import Testing

/// Names of files that are no UTF-8, given on the command line. Foundation's `Process` cannot pass
/// them on, but bash can.
@Suite("names that are not UTF-8")
struct ByteNameTests {
  private func face(_ program: Program) throws {
    try DemoPicture.write(to: program.folder.appendingPathComponent("demo.pgm").path)
  }

  private func bytes(_ value: Any?) -> [UInt8]? {
    (value as? String).flatMap { Data(base64Encoded: $0) }.map(Array.init)
  }

  @Test("look reads such an image, and its answer tells its bytes")
  func look() throws {
    let program = try Program()
    try face(program)
    let result = try program.bash(
      #"cp demo.pgm $'f\xff.pgm' && emus look --json $'f\xff.pgm' && emus look $'f\xff.pgm'"#)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.isEmpty, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    try #require(lines.count == 3, "\(result.output)")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    #expect((object["faces"] as? [Any])?.count == 1)
    #expect(object["file"] as? String == "f\\xFF.pgm")
    #expect(bytes(object["file_bytes"]) == [0x66, 0xFF] + Array(".pgm".utf8))
    #expect(lines[1] == "f\\xFF.pgm  1 face")
  }

  @Test("one that is not there is named by its bytes; a name that only looks so is another")
  func missing() throws {
    let program = try Program()
    try face(program)
    let result = try program.bash(
      #"cp demo.pgm 'f\xFF.pgm' && emus look --json 'f\xFF.pgm' && emus look $'f\xff.pgm'"#
    )
    #expect(result.status == 66)
    #expect(result.errors == "emus: f\\xFF.pgm: no such file or folder\n")
    #expect(result.output.contains(#""file":"f\\xFF.pgm"}"#), "\(result.output)")
    #expect(!result.output.contains("file_bytes"))
  }

  @Test(
    "a name in UTF-8 stays as it is, composed or not",
    arguments: ["e\u{301}.pgm", "\u{E9}.pgm", "\u{1F468}\u{200D}\u{1F467}.pgm", "a\\b.pgm"])
  func unchanged(name: String) throws {
    let program = try Program()
    try face(program)
    let octal = name.utf8.map { "\\" + String($0, radix: 8) }.joined()
    let result = try program.bash(
      "cp demo.pgm $'\(octal)' && emus look --json $'\(octal)'")
    #expect(result.status == 0, "\(result.errors)")
    let file = try #require(try result.object()["file"] as? String)
    #expect(Array(file.utf8) == Array(name.utf8))
  }

  @Test("evaluate faces reads them in folders of emotions and names those that it cannot read")
  func folders() throws {
    let program = try Program()
    try face(program)
    let result = try program.bash(
      #"""
      mkdir -p $'d\xff/happy' && cp demo.pgm $'d\xff/happy/a\xfe.pgm'
      echo no image > $'d\xff/happy/b\xfe.pgm'
      emus evaluate faces --json --cropped --data $'d\xff'
      """#)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("d\\xFF/happy/b\\xFE.pgm: not an image"), "\(result.errors)")
    let object = try result.object()
    #expect(object["n"] as? Int == 1)
    let failed = try #require((object["failed"] as? [[String: Any]])?.first)
    #expect(failed["path"] as? String == "d\\xFF/happy/b\\xFE.pgm")
    let path = [0x64, 0xFF] + Array("/happy/b".utf8) + [0xFE] + Array(".pgm".utf8)
    #expect(bytes(failed["path_bytes"]) == path)
    #expect((failed["reason"] as? String)?.hasPrefix("not an image") == true)
  }

  @Test("evaluate faces reads them from a labels.csv that names them")
  func labels() throws {
    let program = try Program()
    try face(program)
    let result = try program.bash(
      #"""
      mkdir -p $'t\xff' && cp demo.pgm $'t\xff/a\xfe.pgm'
      printf 'file,emotion\na\376.pgm,happy\n' > $'t\xff/labels.csv'
      emus evaluate faces --json --cropped --data $'t\xff' &&
        emus evaluate faces --json --cropped --data $'t\xff/labels.csv'
      """#)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.isEmpty, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines { #expect(line.contains(#""n":1,"#), "\(line)") }
  }

  @Test("scan reads such a folder, and rate finds a song in it by its path")
  func scanAndRate() throws {
    let program = try Program()
    _ = try program.tone("one.wav")
    let result = try program.bash(
      #"""
      mkdir $'m\xff' && mv one.wav $'m\xff/x\xfe.wav' && emus scan $'m\xff'
      emus rate 8 $'m\xff/x\xfe.wav' && cd $'m\xff' && emus rate 7 --json $'./x\xfe.wav'
      emus rate 6 $'y\xfe.wav'
      """#)
    #expect(result.status == 66)
    #expect(result.output.contains("1 added"), "\(result.output)")
    #expect(result.output.contains("8 stored for x"), "\(result.output)")
    #expect(result.output.contains(#""value":7"#), "\(result.output)")
    #expect(result.errors == "emus: no track for 'y\\xFE.wav'\n")
    let none = try program.bash(#"emus scan $'n\xff'"#)
    #expect(none.status == 66)
    #expect(none.errors == "emus: n\\xFF: No such file or directory\n")
  }

  @Test("tables and playlists are imported from such files, and exported to them")
  func importAndExport() throws {
    let program = try Program()
    _ = try program.tone("music/one.wav")
    let result = try program.bash(
      #"""
      emus scan music > /dev/null
      printf 'path,rating\nmusic/one.wav,4\n' > $'t\xff.csv' && emus import --json $'t\xff.csv'
      echo music/one.wav > $'l\xff.m3u8' && emus import --json $'l\xff.m3u8'
      mkdir $'out\xff' && emus export --json $'out\xff/l\xff.m3u8'
      emus export --json --all $'out\xff/a\xfe.jsonl' && cat $'out\xff/l\xff.m3u8'
      """#)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    try #require(lines.count >= 5, "\(result.output)")
    let objects = try lines.prefix(4).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(
      objects.map { $0["file"] as? String } == [
        "t\\xFF.csv", "l\\xFF.m3u8", "out\\xFF/l\\xFF.m3u8", "out\\xFF/a\\xFE.jsonl",
      ])
    #expect(bytes(objects[0]["file_bytes"]) == [0x74, 0xFF] + Array(".csv".utf8))
    #expect((objects[0]["matched"] as? [Any])?.count == 1)
    #expect(objects[1]["playlist"] as? String == "l\\xFF")
    #expect((objects[1]["matched"] as? [Any])?.count == 1)
    #expect(lines.last?.hasSuffix("music/one.wav") == true)
    #expect(objects[2]["songs"] as? Int == 1)
  }

  @Test("a face is registered and read from such a source, which --once names with its bytes")
  func source() throws {
    let program = try Program()
    try face(program)
    let result = try program.bash(
      #"""
      mkdir $'p\xff' && for n in 1 2 3 4 5; do cp demo.pgm $'p\xff/'$n$'\xfe.pgm'; done
      emus user add --json mia --source $'p\xff' && emus --once --json --source $'p\xff/1\xfe.pgm'
      """#)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    let once = try #require(
      try JSONSerialization.jsonObject(with: Data((lines.last ?? "").utf8)) as? [String: Any])
    #expect(once["source"] as? String == "p\\xFF/1\\xFE.pgm")
    #expect(bytes(once["source_bytes"]) == [0x70, 0xFF, 0x2F, 0x31, 0xFE] + Array(".pgm".utf8))
  }

  @Test("a film is read from such a file")
  func film() throws {
    let program = try Program()
    var film = Array("YUV4MPEG2 W320 H240 F15:1 Ip A1:1 C420\n".utf8)
    for frame in 0..<6 {
      var pixels = DemoFace.render(at: 1 + Double(frame) / 15, width: 320, height: 240)
      // A film that began with bright pixels alone would look like text.
      pixels[0] = 16
      film += Array("FRAME\n".utf8) + pixels + [UInt8](repeating: 128, count: 320 * 240 / 2)
    }
    _ = try program.file("film.y4m", film)
    let result = try program.bash(
      #"mv film.y4m $'v\xff.y4m' && emus --once --json --source $'v\xff.y4m'"#)
    #expect(result.status == 0, "\(result.errors)")
    #expect((try result.object()["face"] as? [String: Any])?["found"] as? Bool == true)
  }

  @Test("HOG weights come into such a folder, which is made; what is no set leaves none behind")
  func trainOut() throws {
    let program = try Program()
    let result = try program.bash(
      #"""
      mkdir $'e\xff'; emus train hog --data $'e\xff' --out $'w\xff/x'; echo $?
      [ -e $'w\xff' ] && echo there
      : > $'file\xff'; emus train hog --data $'e\xff' --out $'file\xff/x'
      """#)
    #expect(result.status == 1)
    #expect(result.output == "66\n", "\(result.output)")
    #expect(result.errors.contains("emus: e\\xFF: no images in folders named after emotions"))
    #expect(result.errors.contains("file\\xFF: a file, where --out needs a folder"))
  }

  @Test(
    "what is no file's name has to be UTF-8, and is refused in words",
    arguments: [
      #"emus user add $'n\xff' --source demo"#, #"emus stats --user $'n\xff'"#,
      #"emus export mix.m3u8 --playlist $'n\xff'"#, #"emus import mix.m3u8 --name $'n\xff'"#,
      #"emus evaluate faces --data . --usage $'n\xff'"#, #"emus user rename default $'n\xff'"#,
    ])
  func noName(line: String) throws {
    let result = try Program().bash(line)
    #expect(result.status == 64)
    #expect(result.errors.contains("the name n\\xFF is not UTF-8"), "\(result.errors)")
    #expect(!result.errors.utf8.contains(0))
  }

  @Test("a home whose name is not UTF-8 is refused in one line, and none is made")
  func home() throws {
    let program = try Program()
    let result = try program.bash(
      #"""
      "$PROGRAM" stats --home $'h\xff'; echo $?
      EMUS_HOME=$'h\xff' "$PROGRAM" stats; echo $?
      mkdir $'w\xff'; (cd $'w\xff'; "$PROGRAM" stats --home h; echo $?); ls | grep -c ^w; ls $'w\xff'
      ls | grep -c ^h.; "$PROGRAM" frob $'h\xff'
      """#)
    #expect(result.status == 64)
    #expect(result.output == "64\n64\n64\n1\n1\n", "\(result.output)")
    let lines = result.errors.split(separator: "\n")
    try #require(lines.count >= 3, "\(result.errors)")
    #expect(lines[0].hasSuffix("/h\\xFF is not UTF-8: --home takes no other"), "\(lines[0])")
    #expect(lines[2].hasSuffix("/w\\xFF/h is not UTF-8: --home takes no other"), "\(lines[2])")
    #expect(
      lines[1] == "emus: the name h\\xFF is not UTF-8: EMUS_HOME takes no other")
    // ArgumentParser's own words about an argument that nobody wants.
    #expect(result.errors.contains("h\\xFF'"), "\(result.errors)")
    #expect(!result.errors.utf8.contains(0))
  }
}

extension Program {
  /// Runs lines of bash in the test's folder, where `emus` is the built program with its home.
  func bash(_ lines: String) throws -> Result {
    let start = #"""
      cd "$1" || exit 99
      PROGRAM=$0 HOME_FOLDER=$2
      emus() { "$PROGRAM" "$@" --home "$HOME_FOLDER"; }

      """#
    return try run(
      "/bin/bash",
      [
        "-c", start + lines, Self.binaries.appendingPathComponent("emus").path,
        folder.path, home.path,
      ])
  }
}
