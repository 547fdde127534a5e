#include "CTagLib.h"
#include "CPaths.h"
#include "ReadOnlyStream.h"
#include "SoundLength.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <string>

#include <aifffile.h>
#include <apefile.h>
#include <apetag.h>
#include <asffile.h>
#include <fileref.h>
#include <flacfile.h>
#include <id3v2framefactory.h>
#include <id3v2tag.h>
#include <mp4file.h>
#include <mpcfile.h>
#include <mpegfile.h>
#include <popularimeterframe.h>
#include <tpropertymap.h>
#include <wavfile.h>
#include <wavpackfile.h>
#include <xiphcomment.h>

namespace {

thread_local std::string last_error;

/// Writes texts one after the other into the caller's memory.
class Writer {
public:
  Writer(uint8_t *text, size_t capacity, uint32_t *lengths)
      : text_(text), capacity_(capacity), lengths_(lengths) {}

  void put(emus_tag_field field, const TagLib::String &value) {
    if (value.isEmpty()) return;
    const std::string bytes = value.to8Bit(true);
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
  // A string of TagLib is a piece of heap, also an empty one.
  static const TagLib::String none;
  return found == plain.end() ? none : found->second.toString(separator);
}

TagLib::String number(unsigned int value) {
  return value == 0 ? TagLib::String() : TagLib::String::number(static_cast<int>(value));
}

/// The ID3v2 tag of the files that may have one.
const TagLib::ID3v2::Tag *id3v2(TagLib::File *file) {
  if (auto *mpeg = dynamic_cast<TagLib::MPEG::File *>(file)) return mpeg->ID3v2Tag();
  if (auto *wav = dynamic_cast<TagLib::RIFF::WAV::File *>(file)) return wav->ID3v2Tag();
  if (auto *aiff = dynamic_cast<TagLib::RIFF::AIFF::File *>(file)) return aiff->tag();
  if (auto *flac = dynamic_cast<TagLib::FLAC::File *>(file)) return flac->ID3v2Tag();
  return nullptr;
}

/// The POPM rating, -1 without one.
int32_t popularity(const TagLib::ID3v2::Tag *tag) {
  if (!tag) return -1;
  for (auto *frame : tag->frameListMap()["POPM"])
    if (auto *found = dynamic_cast<TagLib::ID3v2::PopularimeterFrame *>(frame))
      return found->rating();
  return -1;
}

/// The APE tag of the files that may have one.
const TagLib::APE::Tag *ape_tag(TagLib::File *file) {
  if (auto *wavpack = dynamic_cast<TagLib::WavPack::File *>(file)) return wavpack->APETag();
  if (auto *monkey = dynamic_cast<TagLib::APE::File *>(file)) return monkey->APETag();
  if (auto *musepack = dynamic_cast<TagLib::MPC::File *>(file)) return musepack->APETag();
  return nullptr;
}

/// Whether the file carries a picture.
bool has_cover(TagLib::File *file, const TagLib::ID3v2::Tag *tag) {
  if (tag && !tag->frameListMap()["APIC"].isEmpty()) return true;
  if (dynamic_cast<TagLib::MPEG::File *>(file)) return false;
  if (auto *flac = dynamic_cast<TagLib::FLAC::File *>(file)) return !flac->pictureList().isEmpty();
  if (auto *mp4 = dynamic_cast<TagLib::MP4::File *>(file))
    return mp4->tag() && mp4->tag()->contains("covr");
  if (auto *asf = dynamic_cast<TagLib::ASF::File *>(file))
    return asf->tag() && asf->tag()->contains("WM/Picture");
  if (auto *xiph = dynamic_cast<TagLib::Ogg::XiphComment *>(file->tag()))
    return !xiph->pictureList().isEmpty();
  const TagLib::APE::Tag *ape = ape_tag(file);
  return ape && ape->itemListMap().contains("COVER ART (FRONT)");
}

/// Whether a file begins as one of the formats do, whatever became of the rest.
bool begins_as_audio(TagLib::IOStream &stream) {
  stream.seek(0);
  const TagLib::ByteVector head = stream.readBlock(12);
  for (const char *mark : {"fLaC", "OggS", "RIFF", "FORM", "ID3", "wvpk", "MAC ", "MPCK", "MP+",
                           "TTA", "\x30\x26\xB2\x75"})
    if (head.startsWith(mark)) return true;
  return head.containsAt("ftyp", 4);
}

/// An MP4 file keeps its rating in an item that no property stands for.
TagLib::String mp4_rating(TagLib::File *file) {
  auto *mp4 = dynamic_cast<TagLib::MP4::File *>(file);
  if (!mp4 || !mp4->tag() || !mp4->tag()->contains("rate")) return TagLib::String();
  return mp4->tag()->item("rate").toStringList().toString("; ");
}

/// What iTunes has no item for others write under names of their own, in whatever case.
TagLib::String mp4_own(TagLib::MP4::File *mp4, const TagLib::String &key) {
  static const TagLib::String beginning = "----:com.apple.iTunes:";
  if (!mp4 || !mp4->tag()) return TagLib::String();
  for (const auto &item : mp4->tag()->itemMap())
    if (item.first.startsWith(beginning) && item.first.substr(beginning.size()).upper() == key)
      return item.second.toStringList().toString("; ");
  return TagLib::String();
}

/// Made once: a TagLib string of more than three characters is a piece of heap.
struct Keys {
  const TagLib::String title = "TITLE", artist = "ARTIST", album = "ALBUM";
  const TagLib::String album_artist = "ALBUMARTIST", genre = "GENRE", date = "DATE";
  const TagLib::String track = "TRACKNUMBER", disc = "DISCNUMBER", mood = "MOOD", bpm = "BPM";
  const TagLib::String fmps_rating = "FMPS_RATING", rating = "RATING";
  const TagLib::String artists = "ARTISTS", compilation = "COMPILATION";
  const TagLib::String original_date = "ORIGINALDATE", original_year = "ORIGINALYEAR";
  const TagLib::String track_gain = "REPLAYGAIN_TRACK_GAIN", track_peak = "REPLAYGAIN_TRACK_PEAK";
  const TagLib::String album_gain = "REPLAYGAIN_ALBUM_GAIN", album_peak = "REPLAYGAIN_ALBUM_PEAK";
  const TagLib::String r128_track = "R128_TRACK_GAIN", r128_album = "R128_ALBUM_GAIN";
  const TagLib::String recording = "MUSICBRAINZ_TRACKID", release = "MUSICBRAINZ_ALBUMID";
  const TagLib::String artist_ids = "MUSICBRAINZ_ARTISTID", cue_sheet = "CUESHEET";
};

const Keys &keys() {
  static const Keys made;
  return made;
}

/// The values of a property where there are several.
TagLib::String several(const TagLib::PropertyMap &map, const TagLib::String &key) {
  const TagLib::SimplePropertyMap &plain = map;
  const auto found = plain.find(key);
  static const TagLib::String none;
  if (found == plain.end() || found->second.size() < 2) return none;
  return found->second.toString(EMUS_TAG_SEPARATOR);
}

/// Writes the texts that lists show, in the order of the fields.
void write_shown(TagLib::File *file, const TagLib::PropertyMap &map, Writer &out) {
  const Keys &key = keys();
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
  out.put(EMUS_TAG_TITLE, text(key.title, &TagLib::Tag::title, "; "));
  out.put(EMUS_TAG_ARTIST, text(key.artist, &TagLib::Tag::artist, ", "));
  out.put(EMUS_TAG_ALBUM, text(key.album, &TagLib::Tag::album, "; "));
  out.put(EMUS_TAG_ALBUM_ARTIST, joined(map, key.album_artist, ", "));
  out.put(EMUS_TAG_GENRE, text(key.genre, &TagLib::Tag::genre, "; "));
  out.put(EMUS_TAG_DATE, count(key.date, &TagLib::Tag::year));
  out.put(EMUS_TAG_TRACK, count(key.track, &TagLib::Tag::track));
  out.put(EMUS_TAG_DISC, joined(map, key.disc));
  out.put(EMUS_TAG_MOOD, joined(map, key.mood));
  out.put(EMUS_TAG_BPM, joined(map, key.bpm));
  out.put(EMUS_TAG_FMPS_RATING, joined(map, key.fmps_rating));
  const TagLib::String rating = joined(map, key.rating);
  out.put(EMUS_TAG_RATING, rating.isEmpty() ? mp4_rating(file) : rating);
}

/// Writes the other texts, in the order of the fields.
void write_details(TagLib::File *file, const TagLib::PropertyMap &map, Writer &out) {
  const Keys &key = keys();
  auto *mp4 = dynamic_cast<TagLib::MP4::File *>(file);
  const auto own = [&](const TagLib::String &key) {
    const TagLib::String value = joined(map, key);
    return value.isEmpty() && mp4 ? mp4_own(mp4, key) : value;
  };
  const TagLib::String artists = several(map, key.artists);
  out.put(EMUS_TAG_ARTISTS, artists.isEmpty() ? several(map, key.artist) : artists);
  out.put(EMUS_TAG_COMPILATION, joined(map, key.compilation));
  const TagLib::String original = joined(map, key.original_date);
  out.put(EMUS_TAG_ORIGINAL_DATE, original.isEmpty() ? joined(map, key.original_year) : original);
  out.put(EMUS_TAG_TRACK_GAIN, own(key.track_gain));
  out.put(EMUS_TAG_TRACK_PEAK, own(key.track_peak));
  out.put(EMUS_TAG_ALBUM_GAIN, own(key.album_gain));
  out.put(EMUS_TAG_ALBUM_PEAK, own(key.album_peak));
  out.put(EMUS_TAG_R128_TRACK_GAIN, joined(map, key.r128_track));
  out.put(EMUS_TAG_R128_ALBUM_GAIN, joined(map, key.r128_album));
  out.put(EMUS_TAG_RECORDING_ID, joined(map, key.recording));
  out.put(EMUS_TAG_RELEASE_ID, joined(map, key.release));
  out.put(EMUS_TAG_ARTIST_IDS, joined(map, key.artist_ids, EMUS_TAG_SEPARATOR));
  out.put(EMUS_TAG_CUE_SHEET, own(key.cue_sheet));
}

/// Whether the file carries words: under a name of its own, or in a frame with a language.
bool has_lyrics(const TagLib::PropertyMap &map, const TagLib::ID3v2::Tag *tag) {
  if (tag && !(tag->frameListMap()["USLT"].isEmpty() && tag->frameListMap()["SYLT"].isEmpty()))
    return true;
  for (const auto &property : map)
    if (property.first == "LYRICS" || property.first == "UNSYNCEDLYRICS" ||
        property.first == "SYNCEDLYRICS")
      return true;
  return false;
}

emus_tag_status fail(emus_tag_status status, const char *message) {
  last_error = message;
  return status;
}

bool is_mp3(const char *name) {
  const char *dot = std::strrchr(name, '.');
  return dot && strcasecmp(dot, ".mp3") == 0;
}

emus_tag_status read_stream(
  ReadOnlyStream &stream, emus_tag_numbers *numbers, Writer &out, bool &known) {
  // Average costs what Fast costs in TagLib 1.13: both take the length from the headers. That of an
  // MP3 file is ours to find.
  const TagLib::FileRef file =
    is_mp3(stream.name())
    ? TagLib::FileRef(
        new TagLib::MPEG::File(&stream, TagLib::ID3v2::FrameFactory::instance(), false))
    : TagLib::FileRef(&stream, true, TagLib::AudioProperties::Average);
  known = !file.isNull() || begins_as_audio(stream);
  const int64_t length = sound_length(file, stream);
  if (length < 0) return fail(EMUS_TAG_NO_AUDIO, "no audio found");
  numbers->duration_ms = length;
  const TagLib::PropertyMap map = file.file()->properties();
  const TagLib::ID3v2::Tag *tag = id3v2(file.file());
  numbers->popularity = popularity(tag);
  numbers->has_cover = has_cover(file.file(), tag);
  numbers->has_lyrics = has_lyrics(map, tag);
  write_shown(file.file(), map, out);
  write_details(file.file(), map, out);
  return EMUS_TAG_OK;
}

/// Opens a file that holds something; the descriptor, or -1 with the reason in `status`.
int open_file(
  const char *path, emus_tag_numbers *numbers, off_t *length, emus_tag_status *status) {
  // Without O_NONBLOCK a named pipe would keep us until somebody writes to it.
  const int descriptor = emus_path_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
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
  *numbers = emus_tag_numbers{0, -1, 0, 0, 0};
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

void emus_tag_stand_back(void) {
  // From linux/ioprio.h, which not every system has. On Linux both speak of one thread.
  const int process = 1, idle = 3, class_shift = 13;
  setpriority(PRIO_PROCESS, 0, 19);
  syscall(SYS_ioprio_set, process, 0, idle << class_shift);
}

int32_t emus_tag_core_count(void) {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return 1;
  return std::max(1, CPU_COUNT(&cores));
}
