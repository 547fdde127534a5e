/// Days of the civil calendar as numbers, counted from 1970-01-01: what a query means by a date, and
/// what statistics count by.
///
/// The algorithms are Hinnant's (https://howardhinnant.github.io/date_algorithms.html). It knows no
/// time of day and no time zone: who looks at clocks makes days into seconds.
package enum CalendarDay {
  package struct Date: Equatable, Sendable, CustomStringConvertible {
    package var year: Int
    /// 1...12
    package var month: Int
    /// 1...31
    package var day: Int

    package init(year: Int, month: Int, day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }

    package var description: String {
      "\(CalendarDay.padded(year))-\(CalendarDay.padded(month, 2))-\(CalendarDay.padded(day, 2))"
    }
  }

  /// From 0000-01-01 to 9999-12-31.
  package static let all = -719_528...2_932_896

  package static func number(_ date: Date) -> Int {
    let year = date.month <= 2 ? date.year - 1 : date.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package static func date(_ number: Int) -> Date {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civil = month < 10 ? month + 3 : month - 9
    return Date(
      year: yearOfEra + era * 400 + (civil <= 2 ? 1 : 0), month: civil,
      day: dayOfYear - (153 * month + 2) / 5 + 1)
  }

  /// The Monday of a day's week; day 0 is a Thursday.
  package static func monday(of day: Int) -> Int { day - ((day + 3) % 7 + 7) % 7 }

  static func length(ofMonth month: Int, in year: Int) -> Int {
    let next = month == 12 ? Date(year: year + 1, month: 1, day: 1) : nil
    return number(next ?? Date(year: year, month: month + 1, day: 1))
      - number(Date(year: year, month: month, day: 1))
  }
}

// MARK: - Written dates

extension CalendarDay {
  /// The days that `2026-11-05`, `2026-11`, `2026` or a beginning of these stands for; nil for
  /// what no more typing can make a date. A month or day of one digit says nothing yet.
  static func span(_ text: ArraySlice<Unicode.Scalar>) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
    guard let first = parts.first, let year = digits(first, most: 4) else { return nil }
    guard parts.count > 1 else { return years(year, typed: first.count) }
    guard first.count == 4 else { return nil }
    let whole = days(from: Date(year: year, month: 1, day: 1), to: (year, 12))
    guard parts[1].count == 2 else {
      return parts.count == 2 && isBegun(parts[1], upTo: 1) ? whole : nil
    }
    guard let month = digits(parts[1], most: 2), (1...12).contains(month) else { return nil }
    let days = days(from: Date(year: year, month: month, day: 1), to: (year, month))
    guard parts.count > 2, parts[2].count == 2 else {
      return parts.count == 2 || isBegun(parts[2], upTo: 3) ? days : nil
    }
    guard let day = digits(parts[2], most: 2), day >= 1, day <= days.count else { return nil }
    return days.lowerBound + day - 1...days.lowerBound + day - 1
  }

  /// A span as short as it can be written, so that `span` reads it back; nil where it is more than
  /// one day, month or year.
  static func text(_ span: ClosedRange<Int>) -> String? {
    let first = date(span.lowerBound)
    if span.count == 1 { return first.description }
    guard first.day == 1 else { return nil }
    if span == days(from: first, to: (first.year, first.month)) {
      return "\(padded(first.year))-\(padded(first.month, 2))"
    }
    guard first.month == 1, span == days(from: first, to: (first.year, 12)) else { return nil }
    return padded(first.year)
  }

  fileprivate static func padded(_ value: Int, _ width: Int = 4) -> String {
    String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
  }

  /// From a day to the end of a month.
  private static func days(from first: Date, to end: (year: Int, month: Int)) -> ClosedRange<Int> {
    let last = Date(
      year: end.year, month: end.month, day: length(ofMonth: end.month, in: end.year))
    return number(first)...number(last)
  }

  /// Fewer than four digits are a year that is being typed: all that it may become.
  private static func years(_ year: Int, typed count: Int) -> ClosedRange<Int> {
    var scale = 1
    for _ in count..<4 { scale *= 10 }
    return days(
      from: Date(year: year * scale, month: 1, day: 1), to: (year * scale + scale - 1, 12))
  }

  /// Nothing yet, or a first digit that another may follow.
  private static func isBegun(_ text: ArraySlice<Unicode.Scalar>, upTo digit: Int) -> Bool {
    text.isEmpty || (text.count == 1 && (digits(text, most: 1) ?? 9) <= digit)
  }

  private static func digits(_ text: ArraySlice<Unicode.Scalar>, most: Int) -> Int? {
    guard !text.isEmpty, text.count <= most else { return nil }
    var value = 0
    for scalar in text {
      guard ("0"..."9").contains(scalar) else { return nil }
      value = value * 10 + Int(scalar.value - 48)
    }
    return value
  }
}
