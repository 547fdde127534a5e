#include "Shim.hpp"

#include <csignal>
#include <cstdlib>
#include <dlfcn.h>
#include <opencv2/core/utils/logger.hpp>
#include <sys/prctl.h>
#include <unistd.h>

namespace {
thread_local std::string lastError;

pid_t parent = 0;

/// The kernel already signals when the parent's *thread* that started this process ends; only
/// with another parent is the player gone.
void endIfOrphaned(int) {
  if (getppid() != parent)
    _exit(0);
}
} // namespace

emus_status emus::fail(emus_status status, const char *message) noexcept {
  try {
    lastError = message;
    for (char &letter : lastError)
      if (static_cast<unsigned char>(letter) < ' ')
        letter = ' ';
  } catch (...) {
    // Without memory for the words the status alone has to do.
  }
  return status;
}

void *emus::symbol(const char *library, const char *name) {
  // Bound lazily: resolving every symbol of the codecs at once doubles their cost.
  void *handle = dlopen(library, RTLD_LAZY | RTLD_GLOBAL);
  void *found = handle ? dlsym(handle, name) : nullptr;
  if (!found) {
    const char *reason = dlerror();
    throw Unavailable(reason ? reason : library);
  }
  return found;
}

void *emus::symbolOfOpenCV(const char *module, const char *name) {
  // 4.6 is .so.406, 4.10 is .so.410.
  const int version = CV_VERSION_MAJOR * 100 + CV_VERSION_MINOR;
  const std::string library =
      std::string("libopencv_") + module + ".so." + std::to_string(version);
  return symbol(library.c_str(), name);
}

extern "C" {

const char *emus_last_error(void) { return lastError.c_str(); }

void emus_end_with_parent(void) {
  parent = getppid();
  struct sigaction action {};
  action.sa_handler = endIfOrphaned;
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, nullptr);
  prctl(PR_SET_PDEATHSIG, SIGUSR1);
}

void emus_prepare(int64_t max_pixels) {
  emus::guarded([&] {
    setenv("OPENCV_IO_MAX_IMAGE_PIXELS", std::to_string(max_pixels).c_str(), 1);
    // A stalled camera is told before the player takes the eye for hung, after ten seconds.
    setenv("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "4", 1);
    setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", 1);
    setenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", "protocol_whitelist;file", 1);
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    cv::redirectError([](int, const char *, const char *, const char *, int, void *) { return 0; });
    cv::setNumThreads(1);
    return EMUS_OK;
  });
}

} // extern "C"
