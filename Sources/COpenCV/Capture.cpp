#include "Shim.hpp"

#include <memory>
#include <opencv2/videoio.hpp>

struct emus_capture {
  // Every member function of VideoCapture that is used here is virtual: only its constructor has
  // to be found by name, and the 0.3 s that loading videoio costs fall on who opens a video.
  alignas(cv::VideoCapture) unsigned char storage[sizeof(cv::VideoCapture)];
  cv::VideoCapture *video;

  emus_capture() {
    using Construct = void (*)(void *);
    static const auto construct = reinterpret_cast<Construct>(
        emus::symbolOfOpenCV("videoio", "_ZN2cv12VideoCaptureC1Ev"));
    construct(storage);
    video = reinterpret_cast<cv::VideoCapture *>(storage);
  }
  ~emus_capture() { video->~VideoCapture(); }
};

namespace {

emus_status open(const char *path, int backend, emus_capture **capture) {
  return emus::guarded([&] {
    auto made = std::make_unique<emus_capture>();
    if (!made->video->open(path, backend))
      return emus::fail(EMUS_FAILED, "it cannot be opened");
    *capture = made.release();
    return EMUS_OK;
  });
}

} // namespace

extern "C" {

emus_status emus_capture_open_device(const char *path, emus_capture **capture) {
  return open(path, cv::CAP_V4L2, capture);
}

emus_status emus_capture_open_file(const char *path, emus_capture **capture) {
  return open(path, cv::CAP_FFMPEG, capture);
}

void emus_capture_destroy(emus_capture *capture) {
  emus::guarded([&] {
    delete capture;
    return EMUS_OK;
  });
}

double emus_capture_rate(const emus_capture *capture) {
  double rate = 0;
  emus::guarded([&] {
    rate = capture->video->get(cv::CAP_PROP_FPS);
    return EMUS_OK;
  });
  return rate;
}

emus_status emus_capture_skip(emus_capture *capture) {
  return emus::guarded([&] {
    return capture->video->grab() ? EMUS_OK : emus::fail(EMUS_END, "no further frame");
  });
}

emus_status emus_capture_read(emus_capture *capture, emus_frame *frame, int64_t max_pixels) {
  return emus::guarded([&] {
    cv::Mat picture;
    if (!capture->video->read(picture) || picture.empty())
      return emus::fail(EMUS_END, "no further frame");
    if (static_cast<int64_t>(picture.cols) * picture.rows > max_pixels)
      return emus::fail(EMUS_TOO_LARGE, "too many pixels");
    if (picture.depth() != CV_8U || (picture.channels() != 1 && picture.channels() != 3))
      return emus::fail(EMUS_FAILED, "frames of an unknown kind");
    // The decoder reuses its buffer for the next frame.
    frame->replace(picture.clone());
    return EMUS_OK;
  });
}

} // extern "C"
