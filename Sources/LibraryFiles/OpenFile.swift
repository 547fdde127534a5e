import CPaths
import CTagLib
import Glibc
import Music

/// A regular file, open for reading at any place. It waits for no pipe and no terminal, and closes
/// itself.
struct OpenFile: ~Copyable {
  private let descriptor: Int32
  /// Bytes, when it was opened.
  let length: Int

  /// Opens a file by its path in bytes. Fails where it is not there, may not be read, or is no
  /// regular file (EINVAL). The C functions are `open` and `fstat`.
  init(_ path: [UInt8]) throws(System.Failure) {
    guard !path.contains(0) else { throw System.Failure(code: EINVAL) }
    let opened = emus_path_open(
      System.cString(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard opened >= 0 else { throw .last }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw System.Failure(code: EINVAL)
    }
    descriptor = opened
    length = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// So many bytes from a place on; fewer at the file's end, or where the disk fails.
  func bytes(at offset: Int, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while used < count {
        let got = pread(
          descriptor, buffer.baseAddress?.advanced(by: used), count - used, off_t(offset + used))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { break }
        used += got
      }
    }
  }
}

extension Fingerprint {
  /// The fingerprint of a file; nil where it cannot be read or holds no sound. Blocks for as long
  /// as the disk does.
  static func of(_ path: [UInt8]) -> Int64? {
    do {
      let file = try OpenFile(path)
      // Small files, and nearly all headers, lie in the first window: one call for all of that.
      let head = file.bytes(at: 0, min(file.length, window))
      return of(length: file.length) { offset, count in
        offset + count <= head.count
          ? Array(head[offset..<offset + count]) : file.bytes(at: offset, count)
      }
    } catch {
      // What cannot be read now was named by the scan already, or will be by the next.
      return nil
    }
  }

  /// The fingerprints of files, on as many threads as there are cores; with `standingBack` these
  /// leave processors and disk to others first.
  static func of(_ paths: [[UInt8]], standingBack: Bool = false) async -> [Int64?] {
    let share = max(16, (paths.count + TagWorkerPool.defaultCount - 1) / TagWorkerPool.defaultCount)
    let parts = stride(from: 0, to: paths.count, by: share).map {
      paths[$0..<min(paths.count, $0 + share)]
    }
    return await withTaskGroup(of: (Int, [Int64?]).self) { group in
      for part in parts {
        group.addTask {
          let marks = await System.onOwnThread {
            if standingBack { emus_tag_stand_back() }
            return part.map { of($0) }
          }
          return (part.startIndex, marks)
        }
      }
      var found: [Int64?] = Array(repeating: nil, count: paths.count)
      for await (start, marks) in group {
        found.replaceSubrange(start..<start + marks.count, with: marks)
      }
      return found
    }
  }
}
