import Glibc

/// The exponential function, which the standard library leaves to C: softmax and smoothing.
enum Exponential {
  /// The C function is `exp`.
  static func of(_ exponent: Double) -> Double { exp(exponent) }

  /// What remains after `elapsed` of something that fades with `timeConstant`: 1 at once, 0.37
  /// after one time constant. Both in seconds; 0 at once
  /// where the constant is not above 0.
  static func remainder(after elapsed: Double, timeConstant: Double) -> Double {
    guard elapsed > 0 else { return 1 }
    return timeConstant > 0 ? exp(-elapsed / timeConstant) : 0
  }
}
