import Perception

/// What the seven linear machines have learned, and how it is kept in a file.
///
/// The file, all numbers little endian: the eight bytes `EMUSHOG1`; UInt32 cell, block, stride
/// and bins of the layout; Float32 temperature; for each of the seven emotions, in
/// `Emotion.allCases` order, Float32 bias and the weights; the SHA-256 of all bytes before it. It
/// is read in full or refused.
struct HogWeights: Equatable, Sendable {
  /// One machine: its decision is above 0 where it takes a face for its emotion.
  struct Machine: Equatable, Sendable {
    var bias: Float
    var weights: [Float]

    func decision(on values: [Float]) -> Float {
      var sum = bias
      for index in weights.indices { sum += weights[index] * values[index] }
      return sum
    }

    var isFinite: Bool { bias.isFinite && weights.allSatisfy(\.isFinite) }
  }

  /// Why bytes are no weights.
  enum Fault: Error, CustomStringConvertible {
    case foreign
    case layout
    case length(Int, needed: Int)
    case checksum
    case numbers
    case uncheckable(String)

    var description: String {
      switch self {
      case .foreign: "not a file of HOG weights"
      case .layout: "HOG weights for another kind of picture"
      case .length(let count, let needed): "\(count) bytes where HOG weights have \(needed)"
      case .checksum: "damaged: its checksum is not that of its bytes"
      case .numbers: "HOG weights that are no numbers"
      case .uncheckable(let reason): "cannot be checked (\(reason))"
      }
    }
  }

  /// Pixels of the side of the picture that is described.
  static let side = HogClassifier.side
  private static let magic = Array("EMUSHOG1".utf8)
  private static let digest = 32

  let layout: HogLayout
  /// Divides the decisions, which makes them logits; above 0.
  var temperature: Float
  /// Seven, in the order of `Emotion.allCases`, each with as many weights as the layout has values.
  let machines: [Machine]

  init(layout: HogLayout, temperature: Float, machines: [Machine]) {
    self.layout = layout
    self.temperature = temperature
    self.machines = machines
  }

  /// Seven logits for a face that is described as the layout says.
  func logits(for values: [Float]) -> [Float] {
    machines.map { $0.decision(on: values) / temperature }
  }

  /// Reads what `bytes()` wrote.
  init(bytes: [UInt8]) throws(Fault) {
    let header = Self.magic.count + 16
    guard bytes.count >= header, bytes.starts(with: Self.magic) else { throw .foreign }
    let sizes = (0..<4).map { Int(Self.number(in: bytes, at: Self.magic.count + 4 * $0)) }
    guard
      let layout = HogLayout(
        cell: sizes[0], block: sizes[1], stride: sizes[2], bins: sizes[3], side: Self.side)
    else { throw .layout }
    let columns = layout.count(side: Self.side)
    let end = header + 4 + 4 * Emotion.allCases.count * (columns + 1)
    guard bytes.count == end + Self.digest else {
      throw .length(bytes.count, needed: end + Self.digest)
    }
    guard try Self.checksum(of: bytes[..<end]) == Array(bytes[end...]) else { throw .checksum }
    let floats = stride(from: header, to: end, by: 4).map {
      Float(bitPattern: Self.number(in: bytes, at: $0))
    }
    self.layout = layout
    temperature = floats[0]
    machines = Emotion.allCases.indices.map { index in
      let start = 1 + index * (columns + 1)
      return Machine(
        bias: floats[start], weights: Array(floats[(start + 1)..<(start + 1 + columns)]))
    }
    guard temperature.isFinite, temperature > 0, machines.allSatisfy(\.isFinite) else {
      throw .numbers
    }
  }

  /// The bytes of the file.
  func bytes() throws(Fault) -> [UInt8] {
    var bytes = Self.magic
    for size in [layout.cell, layout.block, layout.stride, layout.bins] {
      Self.append(UInt32(clamping: size), to: &bytes)
    }
    Self.append(temperature.bitPattern, to: &bytes)
    for machine in machines {
      for value in [machine.bias] + machine.weights { Self.append(value.bitPattern, to: &bytes) }
    }
    return bytes + (try Self.checksum(of: bytes[...]))
  }

  private static func checksum(of bytes: ArraySlice<UInt8>) throws(Fault) -> [UInt8] {
    do {
      return try OpenCV.sha256(of: Array(bytes))
    } catch {
      throw .uncheckable(error.message)
    }
  }

  private static func number(in bytes: [UInt8], at place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    for shift in [0, 8, 16, 24] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
