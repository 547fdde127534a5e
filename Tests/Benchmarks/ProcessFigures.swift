import Foundation
import Glibc

/// What the kernel says of a running process, from /proc (proc(5)) and its clock.
struct ProcessFigures {
  let pid: pid_t

  /// Resident memory now, in MiB.
  var resident: Double { get throws(BenchmarkError) { try status("VmRSS") } }
  /// The most that it ever was, in MiB.
  var peak: Double { get throws(BenchmarkError) { try status("VmHWM") } }

  /// Seconds of processor time that all of its threads have had.
  var processorTime: Double {
    get throws(BenchmarkError) {
      var clock = clockid_t()
      let code = clock_getcpuclockid(pid, &clock)
      guard code == 0 else { throw .failed("clock_getcpuclockid", code: code) }
      var time = timespec()
      guard clock_gettime(clock, &time) == 0 else { throw .failed("clock_gettime") }
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
  }

  /// The same, with that of its children, those that have ended included.
  var familyTime: Double {
    get throws(BenchmarkError) {
      var time = try processorTime
      for child in try children {
        // One that has just ended is among those that were waited for.
        do { time += try ProcessFigures(pid: child).processorTime } catch { continue }
      }
      let fields = try Self.fields(of: pid)
      // cutime and cstime of proc(5), which counts from the name's own place, in ticks.
      guard fields.count > 14, let user = Double(fields[13]), let system = Double(fields[14]) else {
        throw BenchmarkError("/proc/\(pid)/stat has no times")
      }
      return time + (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
  }

  /// The processes that it started and that still run.
  var children: [pid_t] {
    get throws(BenchmarkError) {
      guard let entries = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else {
        throw BenchmarkError("cannot list /proc")
      }
      return entries.compactMap { pid_t($0) }.filter { Self.parent(of: $0) == pid }
    }
  }

  private static func parent(of pid: pid_t) -> pid_t? {
    do { return pid_t(try fields(of: pid)[1]) } catch { return nil }
  }

  /// What follows the name in brackets, which may hold anything: state, parent, and more.
  private static func fields(of pid: pid_t) throws(BenchmarkError) -> [Substring] {
    let line = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
    let rest = String(decoding: line, as: UTF8.self).split(separator: ")").last ?? ""
    let fields = rest.split(separator: " ")
    guard fields.count > 1 else { throw BenchmarkError("no process \(pid)") }
    return fields
  }

  private func status(_ field: String) throws(BenchmarkError) -> Double {
    let contents = FileManager.default.contents(atPath: "/proc/\(pid)/status") ?? Data()
    for line in String(decoding: contents, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix(field + ":") {
      let words = line.split { $0 == " " || $0 == "\t" }
      if words.count > 1, let kibibytes = Double(words[1]) { return kibibytes / 1024 }
    }
    throw BenchmarkError("/proc/\(pid)/status has no \(field)")
  }
}
