#pragma once

#include <cstdint>

#include <fileref.h>
#include <tiostream.h>

/// How long the sound in a file is, judged by what is there: TagLib believes headers, also those of
/// files that are cut off. `stream` is the one that `ref` reads; where it stands is changed.
///
/// Milliseconds: 0 where there is sound of unknown length, as what was written to a pipe or in
/// fragments (FLAC, WavPack, MP4) need not say how long it is; -1 where there is none.
int64_t sound_length(const TagLib::FileRef &ref, TagLib::IOStream &stream);
