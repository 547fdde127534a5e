/// A value of a result for machines that is written as `null` where there is none: who reads the
/// JSON finds every key. Swift's own encoding leaves such keys out.
@propertyWrapper
struct OrNull<Value: Encodable>: Encodable {
  var wrappedValue: Value?

  init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    // An optional is encoded as its value, or as null.
    try container.encode(wrappedValue)
  }
}

extension OrNull: Sendable where Value: Sendable {}
