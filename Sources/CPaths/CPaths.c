#define _GNU_SOURCE
#include "CPaths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/// Closes what `reach` answered; errno stays.
static void leave(int folder) {
  if (folder < 0) return;
  int code = errno;
  close(folder);
  errno = code;
}

/// Opens the folder that the first `length` bytes of a path name. O_PATH asks for no more rights
/// than going through it does.
static int step(int folder, const char *path, size_t length) {
  char piece[PATH_MAX];
  memcpy(piece, path, length);
  piece[length] = 0;
  return openat(folder, piece, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/// A folder from which the rest of a path, now short enough, leads to what the whole of it names:
/// AT_FDCWD for a short path, -1 on failure, else a descriptor to be left.
static int reach(const char *path, const char **rest) {
  size_t left = strlen(path);
  int folder = AT_FDCWD;
  while (left >= PATH_MAX) {
    const char *slash = left < EMUS_PATH_LIMIT ? memrchr(path, '/', PATH_MAX) : NULL;
    if (!slash || slash == path) {
      errno = ENAMETOOLONG;
      leave(folder);
      return -1;
    }
    int next = step(folder, path, (size_t)(slash - path));
    leave(folder);
    if (next < 0) return -1;
    folder = next;
    while (*slash == '/') slash++;
    left -= (size_t)(slash - path);
    path = slash;
  }
  *rest = *path || folder == AT_FDCWD ? path : ".";
  return folder;
}

int32_t emus_path_open(const char *path, int32_t flags) {
  const char *rest;
  int folder = reach(path, &rest);
  if (folder == -1) return -1;
  int file = openat(folder, rest, flags);
  leave(folder);
  return file;
}

DIR *emus_path_list(const char *path) {
  if (strlen(path) < PATH_MAX) return opendir(path);
  int folder = emus_path_open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
  if (folder < 0) return NULL;
  DIR *stream = fdopendir(folder);
  if (!stream) leave(folder);
  return stream;
}

int32_t emus_path_status(const char *path, struct stat *status) {
  const char *rest;
  int folder = reach(path, &rest);
  if (folder == -1) return -1;
  int result = fstatat(folder, rest, status, 0);
  leave(folder);
  return result;
}

int32_t emus_path_access(const char *path, int32_t mode) {
  const char *rest;
  int folder = reach(path, &rest);
  if (folder == -1) return -1;
  int result = faccessat(folder, rest, mode, 0);
  leave(folder);
  return result;
}

int32_t emus_path_watch(int32_t inotify, const char *path, uint32_t mask) {
  if (strlen(path) < PATH_MAX) return inotify_add_watch(inotify, path, mask);
  int folder = emus_path_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return -1;
  char name[32];
  snprintf(name, sizeof name, "/proc/self/fd/%d", folder);
  int watch = inotify_add_watch(inotify, name, mask);
  leave(folder);
  return watch;
}
