#define _GNU_SOURCE
#include "CMpv.h"

#include "CPaths.h"

#include <errno.h>
#include <fcntl.h>
#include <mpv/stream_cb.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// What mpv keeps for us while it reads: the descriptor itself.
static int descriptor(void *cookie) { return (int)(intptr_t)cookie; }

static int64_t read_file(void *cookie, char *buffer, uint64_t size) {
  ssize_t got;
  do {
    got = read(descriptor(cookie), buffer, size);
  } while (got < 0 && errno == EINTR);
  return got;
}

static int64_t seek_file(void *cookie, int64_t offset) {
  off_t place = lseek(descriptor(cookie), offset, SEEK_SET);
  return place < 0 ? MPV_ERROR_GENERIC : place;
}

static int64_t size_file(void *cookie) {
  struct stat status;
  return fstat(descriptor(cookie), &status) == 0 ? status.st_size : MPV_ERROR_UNSUPPORTED;
}

static void close_file(void *cookie) { close(descriptor(cookie)); }

/// Called on mpv's threads, when it opens what it was told to load, and not before.
static int open_file(void *unused, char *address, mpv_stream_cb_info *info) {
  (void)unused;
  const char *path = address + strlen(EMUS_MPV_SCHEME "://");
  int file = emus_path_open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat status;
  if (file >= 0 && (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))) {
    close(file);
    file = -1;
  }
  if (file < 0) return MPV_ERROR_LOADING_FAILED;
  info->cookie = (void *)(intptr_t)file;
  info->read_fn = read_file;
  info->seek_fn = seek_file;
  info->size_fn = size_file;
  info->close_fn = close_file;
  return 0;
}

int emus_mpv_open_long_paths(const EmusMpv *api, mpv_handle *handle) {
  return api->stream_cb_add_ro(handle, EMUS_MPV_SCHEME, NULL, open_file);
}
