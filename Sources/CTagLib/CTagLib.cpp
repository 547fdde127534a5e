#include "CTagLib.h"
#include "ReadOnlyStream.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <string>

#include <aifffile.h>
#include <fileref.h>
#include <flacfile.h>
#include <id3v2tag.h>
#include <mp4file.h>
#include <mpegfile.h>
#include <popularimeterframe.h>
#include <tpropertymap.h>
#include <wavfile.h>

namespace {

thread_local std::string last_error;

/// Writes texts one after the other into the caller's memory.
class Writer {
public:
  Writer(uint8_t *text, size_t capacity, uint32_t *lengths)
      : text_(text), capacity_(capacity), lengths_(lengths) {}

  void put(emus_tag_field field, const TagLib::String &value) {
    std::string bytes = value.to8Bit(true);
    size_t length = std::min({bytes.size(), size_t(EMUS_TAG_TEXT_LIMIT), capacity_ - used_});
    if (length < bytes.size())
      while (length > 0 && (static_cast<uint8_t>(bytes[length]) & 0xC0) == 0x80)
        length--;
    std::memcpy(text_ + used_, bytes.data(), length);
    used_ += length;
    lengths_[field] = static_cast<uint32_t>(length);
  }

private:
  uint8_t *text_;
  size_t capacity_;
  uint32_t *lengths_;
  size_t used_ = 0;
};

/// The values of a property; `key` is in capitals, as PropertyMap has its keys.
TagLib::String joined(
  const TagLib::PropertyMap &map, const TagLib::String &key, const char *separator = "; ") {
  // Not PropertyMap's own find, which makes a copy of the key in capitals each time.
  const TagLib::SimplePropertyMap &plain = map;
  const auto found = plain.find(key);
  return found == plain.end() ? TagLib::String() : found->second.toString(separator);
}

TagLib::String number(unsigned int value) {
  return value == 0 ? TagLib::String() : TagLib::String::number(static_cast<int>(value));
}

/// The POPM rating of the files that may have an ID3v2 tag, -1 without one.
int32_t popularity(TagLib::File *file) {
  const TagLib::ID3v2::Tag *tag = nullptr;
  if (auto *mpeg = dynamic_cast<TagLib::MPEG::File *>(file)) tag = mpeg->ID3v2Tag();
  else if (auto *wav = dynamic_cast<TagLib::RIFF::WAV::File *>(file)) tag = wav->ID3v2Tag();
  else if (auto *aiff = dynamic_cast<TagLib::RIFF::AIFF::File *>(file)) tag = aiff->tag();
  else if (auto *flac = dynamic_cast<TagLib::FLAC::File *>(file)) tag = flac->ID3v2Tag();
  if (!tag) return -1;
  for (auto *frame : tag->frameListMap()["POPM"])
    if (auto *found = dynamic_cast<TagLib::ID3v2::PopularimeterFrame *>(frame))
      return found->rating();
  return -1;
}

/// Whether there is something to play. A FLAC stream need not say how long it is.
bool has_audio(const TagLib::FileRef &file) {
  const auto *properties = file.isNull() ? nullptr : file.audioProperties();
  if (!properties || properties->sampleRate() <= 0) return false;
  return properties->lengthInMilliseconds() > 0 || dynamic_cast<TagLib::FLAC::File *>(file.file());
}

/// An MP4 file keeps its rating in an item that no property stands for.
TagLib::String mp4_rating(TagLib::File *file) {
  auto *mp4 = dynamic_cast<TagLib::MP4::File *>(file);
  if (!mp4 || !mp4->tag() || !mp4->tag()->contains("rate")) return TagLib::String();
  return mp4->tag()->item("rate").toStringList().toString("; ");
}

/// Made once: a TagLib string of more than three characters is a piece of heap.
struct Keys {
  const TagLib::String title = "TITLE", artist = "ARTIST", album = "ALBUM";
  const TagLib::String album_artist = "ALBUMARTIST", genre = "GENRE", date = "DATE";
  const TagLib::String track = "TRACKNUMBER", disc = "DISCNUMBER", mood = "MOOD", bpm = "BPM";
  const TagLib::String fmps_rating = "FMPS_RATING", rating = "RATING";
};

/// Writes the texts, in the order of the fields.
void write(TagLib::File *file, Writer &out) {
  static const Keys keys;
  const TagLib::PropertyMap map = file->properties();
  // What an ID3v1 tag beside a sparse ID3v2 tag says is in the plain tag only.
  const TagLib::Tag *tag = file->tag();
  const auto text = [&](const TagLib::String &key, TagLib::String (TagLib::Tag::*plain)() const,
                        const char *separator) {
    const TagLib::String value = joined(map, key, separator);
    return value.isEmpty() && tag ? (tag->*plain)() : value;
  };
  const auto count = [&](const TagLib::String &key, unsigned int (TagLib::Tag::*plain)() const) {
    const TagLib::String value = joined(map, key);
    return value.isEmpty() && tag ? number((tag->*plain)()) : value;
  };
  out.put(EMUS_TAG_TITLE, text(keys.title, &TagLib::Tag::title, "; "));
  out.put(EMUS_TAG_ARTIST, text(keys.artist, &TagLib::Tag::artist, ", "));
  out.put(EMUS_TAG_ALBUM, text(keys.album, &TagLib::Tag::album, "; "));
  out.put(EMUS_TAG_ALBUM_ARTIST, joined(map, keys.album_artist, ", "));
  out.put(EMUS_TAG_GENRE, text(keys.genre, &TagLib::Tag::genre, "; "));
  out.put(EMUS_TAG_DATE, count(keys.date, &TagLib::Tag::year));
  out.put(EMUS_TAG_TRACK, count(keys.track, &TagLib::Tag::track));
  out.put(EMUS_TAG_DISC, joined(map, keys.disc));
  out.put(EMUS_TAG_MOOD, joined(map, keys.mood));
  out.put(EMUS_TAG_BPM, joined(map, keys.bpm));
  out.put(EMUS_TAG_FMPS_RATING, joined(map, keys.fmps_rating));
  const TagLib::String rating = joined(map, keys.rating);
  out.put(EMUS_TAG_RATING, rating.isEmpty() ? mp4_rating(file) : rating);
}

emus_tag_status fail(emus_tag_status status, const char *message) {
  last_error = message;
  return status;
}

emus_tag_status read_stream(
  ReadOnlyStream &stream, emus_tag_numbers *numbers, Writer &out, bool &known) {
  // Average costs what Fast costs in TagLib 1.13: both take the length from the headers, or from
  // the first and the last frame.
  const TagLib::FileRef file(&stream, true, TagLib::AudioProperties::Average);
  known = !file.isNull();
  if (!has_audio(file)) return fail(EMUS_TAG_NO_AUDIO, "no audio found");
  numbers->duration_ms = std::max(0, file.audioProperties()->lengthInMilliseconds());
  numbers->popularity = popularity(file.file());
  write(file.file(), out);
  return EMUS_TAG_OK;
}

/// Opens a file that holds something; the descriptor, or -1 with the reason in `status`.
int open_file(
  const char *path, emus_tag_numbers *numbers, off_t *length, emus_tag_status *status) {
  // Without O_NONBLOCK a named pipe would keep us until somebody writes to it.
  const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat found;
  if (descriptor < 0 || fstat(descriptor, &found) != 0) {
    numbers->system_error = errno;
    *status = fail(EMUS_TAG_CANNOT_OPEN, std::strerror(numbers->system_error));
  } else if (!S_ISREG(found.st_mode)) {
    *status = fail(EMUS_TAG_NOT_A_FILE, "not a file");
  } else if (found.st_size == 0) {
    *status = fail(EMUS_TAG_EMPTY, "empty");
  } else {
    *length = found.st_size;
    return descriptor;
  }
  if (descriptor >= 0) close(descriptor);
  return -1;
}

emus_tag_status read_file(const char *path, emus_tag_numbers *numbers, Writer &out) {
  bool known = false;
  // First by the name; but names lie (Opus in .ogg, MP4 in .mp3), so then by the content.
  for (const char *name : {path, ""}) {
    emus_tag_status result = EMUS_TAG_OK;
    off_t length = 0;
    const int descriptor = open_file(path, numbers, &length, &result);
    if (descriptor < 0) return result;
    ReadOnlyStream stream(descriptor, length, name);
    bool known_here = false;
    if (read_stream(stream, numbers, out, known_here) == EMUS_TAG_OK) return EMUS_TAG_OK;
    known = known || known_here;
  }
  return known ? EMUS_TAG_NO_AUDIO : fail(EMUS_TAG_UNRECOGNISED, "no known format");
}

}  // namespace

emus_tag_status emus_tag_read(
  const char *path, emus_tag_numbers *numbers, uint8_t *text, size_t capacity,
  uint32_t *lengths) {
  *numbers = emus_tag_numbers{0, -1, 0};
  std::fill(lengths, lengths + EMUS_TAG_FIELD_COUNT, 0u);
  try {
    last_error.clear();
    Writer out(text, capacity, lengths);
    return read_file(path, numbers, out);
  } catch (const std::exception &error) {
    try {
      last_error = error.what();
    } catch (...) {
    }
    return EMUS_TAG_FAULT;
  } catch (...) {
    return EMUS_TAG_FAULT;
  }
}

const char *emus_tag_last_error(void) { return last_error.c_str(); }

void emus_tag_end_with_parent(int32_t signal) { prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0); }

int32_t emus_tag_pipe(int32_t *ends) { return pipe2(ends, O_CLOEXEC); }

int32_t emus_tag_core_count(void) {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return 1;
  return std::max(1, CPU_COUNT(&cores));
}
