#include "Shim.hpp"

#include <memory>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

struct emus_cascade {
  cv::CascadeClassifier classifier;
};

extern "C" {

emus_status emus_cascade_create(const char *path, emus_cascade **cascade) {
  return emus::guarded([&] {
    auto made = std::make_unique<emus_cascade>();
    if (!made->classifier.load(path))
      return emus::fail(EMUS_FAILED, "not a cascade");
    *cascade = made.release();
    return EMUS_OK;
  });
}

void emus_cascade_destroy(emus_cascade *cascade) { delete cascade; }

emus_status emus_cascade_find(
    emus_cascade *cascade, emus_frame *frame, emus_search search, emus_box *boxes,
    int32_t capacity, int32_t *found) {
  return emus::guarded([&] {
    *found = 0;
    const cv::Mat &gray = frame->gray();
    cv::Rect region(search.region.x, search.region.y, search.region.width, search.region.height);
    region &= cv::Rect(0, 0, gray.cols, gray.rows);
    if (region.empty())
      return EMUS_OK;
    if (search.padding > 0) {
      const int margin = static_cast<int>(search.padding * std::max(region.width, region.height));
      region -= cv::Point(margin, margin);
      region += cv::Size(2 * margin, 2 * margin);
    }
    const double factor = static_cast<double>(search.long_side) / std::max(gray.cols, gray.rows);
    cv::Mat scaled;
    cv::resize(
        emus::cut(gray, region, cv::BORDER_REPLICATE), scaled,
        cv::Size(std::max(1, cvRound(region.width * factor)),
                 std::max(1, cvRound(region.height * factor))),
        0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    if (search.equalise)
      cv::equalizeHist(scaled, scaled);
    const auto limit = [&](int32_t side) {
      return side > 0 ? cv::Size(cvRound(side * factor), cvRound(side * factor)) : cv::Size();
    };
    std::vector<cv::Rect> faces;
    cascade->classifier.detectMultiScale(
        scaled, faces, search.step, search.neighbours, 0, limit(search.smallest),
        limit(search.largest));
    for (const cv::Rect &face : faces) {
      if (*found < capacity)
        boxes[*found] = {
            region.x + cvRound(face.x / factor), region.y + cvRound(face.y / factor),
            cvRound(face.width / factor), cvRound(face.height / factor)};
      ++*found;
    }
    return EMUS_OK;
  });
}

} // extern "C"
