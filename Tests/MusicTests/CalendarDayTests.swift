import Testing

@testable import Music

@Suite struct CalendarDayTests {
  @Test(
    "Days are counted from 1970, leap years and all",
    arguments: [
      (1970, 1, 1, 0), (1970, 12, 31, 364), (1969, 12, 31, -1), (2000, 2, 29, 11_016),
      (2000, 3, 1, 11_017), (2026, 11, 25, 20_782), (0, 1, 1, -719_528), (9999, 12, 31, 2_932_896),
    ])
  func known(year: Int, month: Int, day: Int, number: Int) {
    let date = CalendarDay.Date(year: year, month: month, day: day)
    #expect(CalendarDay.number(date) == number)
    #expect(CalendarDay.date(number) == date)
  }

  @Test("Every day is followed by the next, and comes back from its number")
  func sequence() {
    var before = CalendarDay.date(-200_001)
    for number in -200_000...200_000 {
      let date = CalendarDay.date(number)
      #expect(CalendarDay.number(date) == number)
      let isNext =
        date.day == before.day + 1 && date.month == before.month
        || date.day == 1 && (date.month == before.month + 1 || date.year == before.year + 1)
      #expect(isNext)
      before = date
    }
  }

  @Test(
    "Days are written as the calendar has them",
    arguments: [
      (0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (20_454, "2026-01-01"),
      (-719_468, "0000-03-01"),
    ])
  func written(number: Int, text: String) {
    #expect("\(CalendarDay.date(number))" == text)
  }

  @Test(
    "A week begins on Monday", arguments: [(0, -3), (3, -3), (4, 4), (-4, -10), (20_782, 20_780)])
  func mondays(day: Int, monday: Int) { #expect(CalendarDay.monday(of: day) == monday) }

  private func span(_ text: String) -> ClosedRange<Int>? {
    CalendarDay.span(Array(text.unicodeScalars)[...])
  }

  @Test(
    "A date, a month, a year, or the beginning of one",
    arguments: [
      ("2026-11-25", 20_782, 20_782), ("2026-11", 20_758, 20_787), ("2026", 20_454, 20_818),
      ("2026-", 20_454, 20_818), ("2026-1", 20_454, 20_818), ("2026-11-", 20_758, 20_787),
      ("2026-11-2", 20_758, 20_787), ("202", 18_262, 21_914), ("2024-02-29", 19_782, 19_782),
    ])
  func spans(text: String, first: Int, last: Int) { #expect(span(text) == first...last) }

  @Test(
    "What no more typing makes a date is none",
    arguments: [
      "", "x", "20260", "26-11", "2026-13", "2026-00", "2026-5", "2026-11-31", "2026-11-00",
      "2026-11-4", "2023-02-29", "2026-11-250", "2026-11-2-", "2026--", "-2026", "2026-11-25 ",
    ])
  func none(text: String) { #expect(span(text) == nil) }

  @Test("What is written is read back")
  func written() throws {
    for number in stride(from: -719_528, through: 2_932_896, by: 997) {
      let text = try #require(CalendarDay.text(number...number))
      #expect(span(text) == number...number)
    }
    #expect(CalendarDay.text(20_758...20_787) == "2026-11")
    #expect(CalendarDay.text(20_454...20_818) == "2026")
    #expect(CalendarDay.text(20_758...20_788) == nil)
  }
}
