/// The first frame of many MP3 files, which holds no sound but a table and the encoder's name
/// (Xing, Info, VBRI). Programs that copy the sound write it anew, so a fingerprint leaves it out.
enum InfoFrame {
  /// Bytes of the frame that `head`, the beginning of the stream, opens with; 0 where it is sound,
  /// or no layer III frame.
  static func size(_ head: [UInt8]) -> Int {
    guard head.count >= 48, marks.contains(where: { holds($0, head) }) else { return 0 }
    return frameSize(head)
  }

  private static let marks = ["Xing", "Info", "VBRI"].map { Array($0.utf8) }

  /// Behind the header and the side information, whose length depends on the channels.
  private static func holds(_ mark: [UInt8], _ head: [UInt8]) -> Bool {
    (4...44).contains { head[$0..<$0 + 4].elementsEqual(mark) }
  }

  /// From the header's rate and bit rate (ISO 11172-3 and 13818-3).
  private static func frameSize(_ head: [UInt8]) -> Int {
    let version = head[1] >> 3 & 3
    let isLayerIII = head[1] >> 1 & 3 == 1
    let rateIndex = Int(head[2] >> 2 & 3)
    guard isLayerIII, version != 1, rateIndex < 3 else { return 0 }
    let isFirst = version == 3
    let bitRate = (isFirst ? bitRates : lowBitRates)[Int(head[2] >> 4)] * 1000
    let rate = [44_100, 48_000, 32_000][rateIndex] >> (isFirst ? 0 : version == 2 ? 1 : 2)
    guard bitRate > 0 else { return 0 }
    return (isFirst ? 144 : 72) * bitRate / rate + Int(head[2] >> 1 & 1)
  }

  private static let bitRates = [
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0,
  ]
  private static let lowBitRates = [
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0,
  ]
}
