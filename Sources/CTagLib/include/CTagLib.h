#pragma once

/// What a music file says of itself, through TagLib's C++ classes, as plain C.
///
/// One function reads one file. Memory belongs to the caller, no text is longer than
/// EMUS_TAG_TEXT_LIMIT, files are opened for reading only, and no C++ exception leaves.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that one text may have; the rest is cut at the border of a character.
#define EMUS_TAG_TEXT_LIMIT 8192

/// Bytes that all texts of one file may have together.
#define EMUS_TAG_CAPACITY (15 * EMUS_TAG_TEXT_LIMIT)

/// Stands between the values of the fields that are lists.
#define EMUS_TAG_SEPARATOR "\x1F"

typedef enum emus_tag_status {
  EMUS_TAG_OK = 0,
  /// `open` or `fstat` refused; `system_error` is the errno.
  EMUS_TAG_CANNOT_OPEN = 1,
  /// A folder, a pipe or a device.
  EMUS_TAG_NOT_A_FILE = 2,
  /// No bytes at all.
  EMUS_TAG_EMPTY = 3,
  /// No format that TagLib knows, by name and by content.
  EMUS_TAG_UNRECOGNISED = 4,
  /// The format is known, but there is nothing to play.
  EMUS_TAG_NO_AUDIO = 5,
  /// TagLib threw; `emus_tag_last_error` has its words.
  EMUS_TAG_FAULT = 6,
} emus_tag_status;

/// The texts, in the order in which they are written.
typedef enum emus_tag_field {
  EMUS_TAG_TITLE,
  EMUS_TAG_ARTIST,
  EMUS_TAG_ALBUM,
  EMUS_TAG_ALBUM_ARTIST,
  EMUS_TAG_GENRE,
  EMUS_TAG_DATE,
  EMUS_TAG_TRACK,
  EMUS_TAG_DISC,
  EMUS_TAG_MOOD,
  EMUS_TAG_BPM,
  EMUS_TAG_FMPS_RATING,
  EMUS_TAG_RATING,
  /// A list; empty where the file names fewer than two.
  EMUS_TAG_ARTISTS,
  EMUS_TAG_COMPILATION,
  EMUS_TAG_ORIGINAL_DATE,
  /// "-7.03 dB"
  EMUS_TAG_TRACK_GAIN,
  EMUS_TAG_TRACK_PEAK,
  EMUS_TAG_ALBUM_GAIN,
  EMUS_TAG_ALBUM_PEAK,
  /// 256ths of a decibel, relative to -23 LUFS (RFC 7845).
  EMUS_TAG_R128_TRACK_GAIN,
  EMUS_TAG_R128_ALBUM_GAIN,
  EMUS_TAG_RECORDING_ID,
  EMUS_TAG_RELEASE_ID,
  /// A list.
  EMUS_TAG_ARTIST_IDS,
  EMUS_TAG_CUE_SHEET,
  EMUS_TAG_FIELD_COUNT,
} emus_tag_field;

typedef struct emus_tag_numbers {
  /// Milliseconds; 0 is unknown.
  int64_t duration_ms;
  /// The rating byte of an ID3v2 POPM frame, 0...255; -1 where there is none.
  int32_t popularity;
  /// 1 where the file carries a picture, else 0.
  int32_t has_cover;
  /// 1 where the file carries words, else 0.
  int32_t has_lyrics;
  /// errno of EMUS_TAG_CANNOT_OPEN, else 0.
  int32_t system_error;
} emus_tag_numbers;

/// Reads one file.
///
/// `path` is the file's name in bytes, ending in NUL, below EMUS_PATH_LIMIT of them. The texts are written to `text` one after
/// the other as UTF-8 without NUL (`capacity` bytes; EMUS_TAG_CAPACITY suffices for any honest file,
/// what does not fit is left out), their lengths in bytes to `lengths`, which
/// has room for EMUS_TAG_FIELD_COUNT of them. A length of 0 means that the tag is missing.
/// Several values are joined: artists with ", ", all others with "; ".
emus_tag_status emus_tag_read(
  const char *_Nonnull path, emus_tag_numbers *_Nonnull numbers, uint8_t *_Nonnull text,
  size_t capacity, uint32_t *_Nonnull lengths);

/// What went wrong in the calling thread's last `emus_tag_read`; "" if nothing did. Valid until
/// that thread's next call.
const char *_Nonnull emus_tag_last_error(void);

// What tag readers need of Linux and Swift cannot see (variadic, or behind _GNU_SOURCE).

/// Sends the calling process `signal` when the thread that started it ends (PR_SET_PDEATHSIG), so
/// that a tag reader never outlives its scan, nor a scan the player that asked for it.
void emus_tag_end_with_parent(int32_t signal);

/// Opens a pipe whose ends close on exec from the first moment: ends[0] reads, ends[1] writes.
/// 0, or -1 with errno. The C function is pipe2.
int32_t emus_tag_pipe(int32_t *_Nonnull ends);

/// Has the calling thread stand back for all others, on the processors and at the disk (nice 19,
/// and the idle class of ioprio_set), for as long as it lives.
void emus_tag_stand_back(void);

/// How many cores this process may use, at least 1. The C function is sched_getaffinity.
int32_t emus_tag_core_count(void);

#ifdef __cplusplus
}
#endif
