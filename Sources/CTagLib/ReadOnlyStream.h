#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include <tiostream.h>

/// A file as TagLib sees it, over a descriptor that was opened for reading only: TagLib's own stream
/// opens the listener's files for writing. It seeks without system calls and remembers the last few
/// blocks, which halves the time of a scan, as TagLib goes back and forth in steps of 1 KiB.
class ReadOnlyStream final : public TagLib::IOStream {
public:
  /// Owns the descriptor. `name` is what TagLib guesses the format by; "" has it look inside.
  ReadOnlyStream(int descriptor, long length, const char *name)
      : descriptor_(descriptor), length_(length), name_(name) {}
  ~ReadOnlyStream() override { close(descriptor_); }

  TagLib::FileName name() const override { return name_; }
  bool readOnly() const override { return true; }
  bool isOpen() const override { return true; }
  long tell() const override { return position_; }
  long length() override { return length_; }

  void seek(long offset, Position from) override {
    const long base = from == Beginning ? 0 : from == Current ? position_ : length_;
    long target = 0;
    // Offsets come from the file; a sum that overflows is as good as none.
    if (__builtin_add_overflow(base, offset, &target) || target < 0) return;
    position_ = target;
  }

  TagLib::ByteVector readBlock(unsigned long count) override {
    const long rest = std::max(0L, length_ - position_);
    const size_t wanted = std::min(count, static_cast<unsigned long>(rest));
    if (wanted == 0) return TagLib::ByteVector();
    const size_t inside = position_ % blockSize;
    TagLib::ByteVector result;
    if (inside + wanted <= blockSize) {
      const Block &block = at(position_ - inside);
      const size_t there = block.size > inside ? std::min(wanted, block.size - inside) : 0;
      result = TagLib::ByteVector(block.bytes.data() + inside, there);
    } else {
      result = TagLib::ByteVector(static_cast<unsigned int>(wanted), 0);
      result.resize(static_cast<unsigned int>(load(result.data(), wanted, position_)));
    }
    position_ += result.size();
    return result;
  }

  void writeBlock(const TagLib::ByteVector &) override {}
  void insert(const TagLib::ByteVector &, unsigned long, unsigned long) override {}
  void removeBlock(unsigned long, unsigned long) override {}
  void truncate(long) override {}

private:
  static constexpr size_t blockSize = 16384;

  struct Block {
    long start = -1;
    size_t size = 0;
    unsigned long used = 0;
    std::array<char, blockSize> bytes;
  };

  /// The block that begins at `start`, in place of the one unused for longest.
  const Block &at(long start) {
    Block *oldest = &blocks_[0];
    for (Block &block : blocks_) {
      if (block.start == start) {
        block.used = ++clock_;
        return block;
      }
      if (block.used < oldest->used) oldest = &block;
    }
    oldest->start = start;
    oldest->used = ++clock_;
    oldest->size = load(oldest->bytes.data(), blockSize, start);
    return *oldest;
  }

  /// Reads from the disk; fewer bytes at the end of the file or on an error.
  size_t load(char *bytes, size_t count, long start) const {
    size_t done = 0;
    while (done < count) {
      const ssize_t got = pread(descriptor_, bytes + done, count - done, start + done);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      done += got;
    }
    return done;
  }

  int descriptor_;
  long length_;
  const char *name_;
  long position_ = 0;
  unsigned long clock_ = 0;
  std::array<Block, 4> blocks_;
};
