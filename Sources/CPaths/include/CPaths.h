#pragma once

/// Files and folders by paths of any length below EMUS_PATH_LIMIT. The system takes no path of
/// PATH_MAX bytes, yet such files exist: programs make them step by step. Here such a path is gone
/// along folder by folder, each opened relative to the one before it; a shorter one is handed to the
/// system as it is, with no call more.
///
/// The functions answer as those of C that they stand for, and set errno. What they open on the way
/// they close, and no child inherits it. They make nothing and change nothing.

#include <dirent.h>
#include <stdint.h>
#include <sys/stat.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes of the longest path, its NUL included; a longer one is refused with ENAMETOOLONG.
#define EMUS_PATH_LIMIT 65536

/// As `open`, for what is there; `flags` should hold O_CLOEXEC.
int32_t emus_path_open(const char *_Nonnull path, int32_t flags);

/// As `opendir`.
DIR *_Nullable emus_path_list(const char *_Nonnull path);

/// As `stat`: links are followed.
int32_t emus_path_status(const char *_Nonnull path, struct stat *_Nonnull status);

/// As `access`.
int32_t emus_path_access(const char *_Nonnull path, int32_t mode);

/// As `inotify_add_watch`. A long path has it go through /proc, which must be there for that.
int32_t emus_path_watch(int32_t inotify, const char *_Nonnull path, uint32_t mask);

#ifdef __cplusplus
}
#endif
