#include "SoundLength.h"

#include <algorithm>
#include <cmath>

#include <apefooter.h>
#include <apetag.h>
#include <flacfile.h>
#include <mp4file.h>
#include <mpegfile.h>
#include <mpegheader.h>
#include <oggfile.h>
#include <oggflacfile.h>
#include <oggpageheader.h>
#include <wavfile.h>
#include <wavpackfile.h>
#include <xingheader.h>

namespace {

/// Whether an MP3 file ends with the table at its beginning, which tells the length of sound that is
/// not there. Looks only into files that are shorter than the table says.
bool ends_with_table(TagLib::MPEG::File *file, const TagLib::MPEG::XingHeader &table, long end) {
  if (file->length() >= long(table.totalSize())) return false;
  const long smallest_frame = 24, old_tag = file->hasID3v1Tag() ? 128 : 0;
  return file->length() - end < smallest_frame + old_tag;
}

/// What tells the rate of an MP3 frame: the first three bytes of its header, but for the padding.
struct Rate {
  char bytes[3];

  static bool padded(char third) { return third & 2; }

  bool is_at(const char *place) const {
    return place[0] == bytes[0] && place[1] == bytes[1] && ((place[2] ^ bytes[2]) & ~2) == 0;
  }
};

/// Bytes in which every frame is looked at.
constexpr long looked_at = 16384;

/// Whether the frames of the next 16 KiB, which follow one another from `first` on, have this rate.
bool begins_with(TagLib::MPEG::File *file, Rate rate, long first, long end, long unpadded) {
  file->seek(first);
  const TagLib::ByteVector block = file->readBlock(std::min(end - first, looked_at));
  const char *bytes = block.data();
  for (long place = 0; place + 3 <= long(block.size());
       place += unpadded + Rate::padded(bytes[place + 2]))
    if (!rate.is_at(bytes + place)) return false;
  return true;
}

/// Whether a frame with this rate begins within so many bytes at a place.
bool has_frame(TagLib::MPEG::File *file, Rate rate, long place, long count) {
  file->seek(place);
  const TagLib::ByteVector block = file->readBlock(count);
  const char *bytes = block.data();
  for (long i = 0; i + 3 <= long(block.size()); i++)
    if (rate.is_at(bytes + i)) return true;
  return false;
}

/// Milliseconds of all frames from the first on, each by its own header: the whole file is read.
int64_t length_of_frames(TagLib::MPEG::File *file, long first) {
  double length = 0;
  for (long place = first; place >= 0;) {
    const TagLib::MPEG::Header frame(file, place, false);
    if (frame.isValid() && frame.frameLength() > 0 && frame.sampleRate() > 0) {
      length += 1000.0 * frame.samplesPerFrame() / frame.sampleRate();
      place += frame.frameLength();
    } else {
      place = file->nextFrameOffset(place + 1);
    }
  }
  return std::llround(length);
}

/// Where the tags behind the sound begin: APE, then ID3v1.
long end_of_sound(TagLib::MPEG::File *file) {
  const long old_tag = file->hasID3v1Tag() ? 128 : 0;
  const long ape = file->hasAPETag() ? file->APETag()->footer()->completeTagSize() : 0;
  return file->length() - old_tag - ape;
}

/// Milliseconds of an MP3 file without a table. Where frames at its beginning, in its middle and at
/// its end have the rate of the first, all of them are held to have it. TagLib never looks at another
/// rate, and seeks the last frame byte by byte, which took a seventh of a scan.
int64_t length_without_table(
  TagLib::MPEG::File *file, long first, const TagLib::MPEG::Header &frame) {
  const long end = end_of_sound(file);
  const long middle = first + (end - first) / 2, two = 2 * frame.frameLength() + 2;
  file->seek(first);
  const TagLib::ByteVector header = file->readBlock(3);
  if (header.size() < 3 || end <= first) return length_of_frames(file, first);
  const char *bytes = header.data();
  const Rate rate = {{bytes[0], bytes[1], bytes[2]}};
  const long unpadded = frame.frameLength() - Rate::padded(bytes[2]);
  const bool is_constant = unpadded > 0 && begins_with(file, rate, first, end, unpadded) &&
    (end - first <= looked_at ||
     (has_frame(file, rate, middle, std::min(two, end - middle)) &&
      has_frame(file, rate, end - two, two)));
  return is_constant ? std::llround((end - first) * 8.0 / frame.bitrate())
                     : length_of_frames(file, first);
}

/// Milliseconds of sound in an MP3 file: what the table at its beginning (Xing, Info, VBRI) counts,
/// else what the frames come to; 0 or less without any.
int64_t mpeg_length(TagLib::MPEG::File *file) {
  const long first = file->firstFrameOffset();
  if (first < 0) return -1;
  const TagLib::MPEG::Header frame(file, first, false);
  file->seek(first);
  const TagLib::MPEG::XingHeader table(file->readBlock(frame.frameLength()));
  if (table.isValid() && frame.samplesPerFrame() > 0 && frame.sampleRate() > 0) {
    if (ends_with_table(file, table, first + frame.frameLength())) return -1;
    return std::llround(
      table.totalFrames() * 1000.0 * frame.samplesPerFrame() / frame.sampleRate());
  }
  if (frame.bitrate() <= 0 || frame.sampleRate() <= 0) return -1;
  return length_without_table(file, first, frame);
}

/// Whether an Ogg file is cut off before the end of its first page with sound, of which no player
/// plays a part: TagLib takes the length from the beginning of the last page. Pages of headers count
/// no samples. What is otherwise not as it should be is left to the player.
bool ends_in_first_page(TagLib::IOStream &stream) {
  const unsigned int head_size = 27, most_pages = 4096;
  long place = 0;
  for (unsigned int page = 0; page < most_pages; page++) {
    stream.seek(place);
    const TagLib::ByteVector head = stream.readBlock(head_size);
    if (head.size() < head_size) return true;
    if (!head.startsWith("OggS")) return false;
    const TagLib::ByteVector segments = stream.readBlock(static_cast<uint8_t>(head[26]));
    place += head_size + segments.size();
    for (const char size : segments) place += static_cast<uint8_t>(size);
    if (place > stream.length()) return true;
    if (head.toLongLong(6u, false) > 0) return false;
  }
  return false;
}

/// Whether a WavPack file is cut off before the end of its first block, which says how long all is.
bool ends_in_first_block(TagLib::IOStream &stream) {
  stream.seek(0);
  const TagLib::ByteVector head = stream.readBlock(8);
  return head.startsWith("wvpk") && head.toUInt(4u, false) > stream.length() - 8;
}

/// Milliseconds of sound in a WAV file whose chunk of sound says that it goes on behind the end of
/// the file, as it was written to a pipe or is cut off; else 0. TagLib drops such a chunk, and
/// players play what is there.
int64_t unfinished_length(TagLib::IOStream &stream) {
  stream.seek(0);
  const TagLib::ByteVector start = stream.readBlock(12);
  if (!start.startsWith("RIFF") || !start.containsAt("WAVE", 8)) return 0;
  int64_t place = 12, bytes_a_second = 0;
  for (int chunk = 0; chunk < 1024; chunk++) {
    stream.seek(place);
    const TagLib::ByteVector head = stream.readBlock(8);
    if (head.size() < 8) return 0;
    const int64_t size = head.toUInt(4u, false), rest = stream.length() - place - 8;
    if (head.startsWith("fmt ")) {
      const TagLib::ByteVector format = stream.readBlock(12);
      if (format.size() == 12 && format.toUInt(4u, false) > 0)
        bytes_a_second = format.toUInt(8u, false);
    } else if (head.startsWith("data")) {
      return size > rest && bytes_a_second > 0 ? rest * 1000 / bytes_a_second : 0;
    }
    place += 8 + size + size % 2;
  }
  return 0;
}

/// By the count of samples on the last page, where an Ogg FLAC stream does not say how long it is.
int64_t counted_length(TagLib::Ogg::FLAC::File *file) {
  const TagLib::Ogg::PageHeader *last = file->lastPageHeader();
  const int64_t samples = last ? last->absoluteGranularPosition() : 0;
  return samples > 0 && samples < int64_t(1) << 50
    ? samples * 1000 / file->audioProperties()->sampleRate()
    : 0;
}

}  // namespace

int64_t sound_length(const TagLib::FileRef &ref, TagLib::IOStream &stream) {
  TagLib::File *file = ref.isNull() ? nullptr : ref.file();
  if (auto *mpeg = dynamic_cast<TagLib::MPEG::File *>(file)) {
    const int64_t length = mpeg_length(mpeg);
    return length > 0 ? length : -1;
  }
  const auto *properties = file ? file->audioProperties() : nullptr;
  if (!properties) return -1;
  int64_t length = properties->lengthInMilliseconds();
  if (properties->sampleRate() <= 0) {
    length = dynamic_cast<TagLib::RIFF::WAV::File *>(file) ? unfinished_length(stream) : 0;
  } else if (dynamic_cast<TagLib::Ogg::File *>(file)) {
    if (ends_in_first_page(stream)) return -1;
    auto *flac = dynamic_cast<TagLib::Ogg::FLAC::File *>(file);
    if (flac && length <= 0) length = counted_length(flac);
  } else if (dynamic_cast<TagLib::WavPack::File *>(file)) {
    return ends_in_first_block(stream) ? -1 : std::max<int64_t>(0, length);
  } else if (dynamic_cast<TagLib::FLAC::File *>(file) || dynamic_cast<TagLib::MP4::File *>(file)) {
    return std::max<int64_t>(0, length);
  }
  return length > 0 ? length : -1;
}
