#include "Shim.hpp"

#include <opencv2/imgproc.hpp>

const cv::Mat &emus_frame::gray() {
  if (levels.empty() && !pixels.empty()) {
    if (pixels.channels() == 1)
      levels = pixels;
    else
      cv::cvtColor(pixels, levels, cv::COLOR_BGR2GRAY);
  }
  return levels;
}

void emus_frame::replace(cv::Mat picture) {
  const cv::Size whole = picture.size();
  const int smaller = emus::reductionFor(whole.width, whole.height);
  if (smaller > 1) {
    const cv::Size size(
        (whole.width + smaller - 1) / smaller, (whole.height + smaller - 1) / smaller);
    cv::Mat copy;
    cv::resize(picture, copy, size, 0, 0, cv::INTER_AREA);
    picture = copy;
  }
  replace(std::move(picture), smaller, whole);
}

void emus_frame::replace(cv::Mat copy, int smaller, cv::Size whole) {
  pixels = std::move(copy);
  reduction = smaller;
  size = whole;
  levels.release();
}

cv::Rect emus_frame::held(const emus_box &box) const {
  if (reduction == 1)
    return cv::Rect(box.x, box.y, box.width, box.height);
  const double share = 1.0 / reduction;
  return cv::Rect(
      cvRound(box.x * share), cvRound(box.y * share), std::max(1, cvRound(box.width * share)),
      std::max(1, cvRound(box.height * share)));
}

int emus::reductionFor(int width, int height) {
  int reduction = 1;
  while (reduction < 8 && std::max(width, height) / (2 * reduction) >= 2048)
    reduction *= 2;
  return reduction;
}

cv::Mat emus::cut(const cv::Mat &picture, const cv::Rect &box) {
  const cv::Rect inside = box & cv::Rect(0, 0, picture.cols, picture.rows);
  if (inside.empty())
    return cv::Mat(box.size(), picture.type(), cv::Scalar::all(0));
  if (inside == box)
    return picture(box);
  cv::Mat grown;
  cv::copyMakeBorder(
      picture(inside), grown, inside.y - box.y, box.br().y - inside.br().y, inside.x - box.x,
      box.br().x - inside.br().x, cv::BORDER_REPLICATE | cv::BORDER_ISOLATED);
  return grown;
}

namespace {

/// Refuses what no face can be: an empty box, or one far larger than the picture.
bool plausible(const emus_box &box, const cv::Size &picture) {
  const int limit = 4 * std::max(picture.width, picture.height) + 64;
  return box.width > 0 && box.height > 0 && box.width <= limit && box.height <= limit &&
         box.x > -limit && box.y > -limit && box.x < limit && box.y < limit;
}

} // namespace

extern "C" {

emus_frame *emus_frame_create(void) { return new (std::nothrow) emus_frame(); }

void emus_frame_destroy(emus_frame *frame) { delete frame; }

int32_t emus_frame_width(const emus_frame *frame) { return frame->size.width; }

int32_t emus_frame_height(const emus_frame *frame) { return frame->size.height; }

emus_status emus_frame_set_gray(
    emus_frame *frame, const uint8_t *levels, int32_t width, int32_t height) {
  return emus::guarded([&] {
    if (width < 1 || height < 1)
      return emus::fail(EMUS_FAILED, "an empty picture");
    frame->replace(cv::Mat(height, width, CV_8UC1, const_cast<uint8_t *>(levels)).clone());
    return EMUS_OK;
  });
}

emus_status emus_frame_measure(emus_frame *frame, emus_box box, double *mean, double *deviation) {
  return emus::guarded([&] {
    const cv::Mat &gray = frame->gray();
    const cv::Rect inside = frame->held(box) & cv::Rect(0, 0, gray.cols, gray.rows);
    if (inside.empty())
      return emus::fail(EMUS_FAILED, "the box lies outside the frame");
    cv::Scalar average, spread;
    cv::meanStdDev(gray(inside), average, spread);
    *mean = average[0] / 255;
    *deviation = spread[0] / 255;
    return EMUS_OK;
  });
}

emus_status emus_frame_crop(emus_frame *frame, emus_box box, int32_t side, uint8_t *levels) {
  return emus::guarded([&] {
    const cv::Mat &gray = frame->gray();
    if (side < 1 || gray.empty() || !plausible(box, frame->size))
      return emus::fail(EMUS_FAILED, "the box cannot be cut");
    const cv::Mat face = emus::cut(gray, frame->held(box));
    cv::Mat target(side, side, CV_8UC1, levels);
    const bool shrinks = face.cols > side || face.rows > side;
    cv::resize(face, target, target.size(), 0, 0, shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
    return EMUS_OK;
  });
}

emus_status emus_flatten_light(uint8_t *levels, int32_t side) {
  return emus::guarded([&] {
    cv::Mat picture(side, side, CV_8UC1, levels);
    cv::Mat light, fine, coarse;
    picture.convertTo(light, CV_32F, 1 / 255.0);
    cv::pow(light + 0.01, 0.2, light);
    cv::GaussianBlur(light, fine, cv::Size(), 1);
    cv::GaussianBlur(light, coarse, cv::Size(), 2);
    cv::normalize(fine - coarse, picture, 0, 255, cv::NORM_MINMAX, CV_8U);
    return EMUS_OK;
  });
}

} // extern "C"
