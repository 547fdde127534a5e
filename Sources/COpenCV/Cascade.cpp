#include "Shim.hpp"

#include <memory>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

struct emus_cascade {
  cv::CascadeClassifier classifier;
};

namespace {

/// The part of a frame in which a cascade looks, and the way back from its pixels to the frame's.
class View {
public:
  View(emus_frame &frame, const emus_search &search) : reduction(frame.reduction) {
    const cv::Mat &gray = frame.gray();
    cv::Rect part = frame.held(search.region);
    // A region that leaves the frame keeps its size: a face at the edge needs room around it.
    if ((part & cv::Rect(0, 0, gray.cols, gray.rows)).empty())
      return;
    if (search.padding > 0) {
      // Beyond its shorter side a picture has nothing to repeat: a strip would become a square.
      const int margin = std::min(
          static_cast<int>(search.padding * std::max(part.width, part.height)),
          std::min(gray.cols, gray.rows));
      part -= cv::Point(margin, margin);
      part += cv::Size(2 * margin, 2 * margin);
    }
    origin = part.tl();
    factor = static_cast<double>(search.long_side) / std::max(gray.cols, gray.rows);
    const cv::Size size(
        std::max(1, cvRound(part.width * factor)), std::max(1, cvRound(part.height * factor)));
    cv::resize(
        emus::cut(gray, part), pixels, size, 0, 0,
        factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    if (search.equalise)
      cv::createCLAHE(4, cv::Size(4, 4))->apply(pixels, pixels);
    if (search.lean != 0)
      upright(search.lean);
    isMirrored = search.mirrored;
    if (isMirrored)
      cv::flip(pixels, pixels, 1);
  }

  cv::Mat pixels;

  cv::Size scaled(int32_t side) const {
    const int length = cvRound(side * factor / reduction);
    return side > 0 ? cv::Size(length, length) : cv::Size();
  }

  /// A box of `pixels` as one of the frame; a turned one keeps its centre and its size.
  emus_box inFrame(const cv::Rect &box) const {
    cv::Point2d centre(box.x + box.width / 2.0, box.y + box.height / 2.0);
    if (isMirrored)
      centre.x = pixels.cols - centre.x;
    if (!back.empty())
      centre = {
          back(0, 0) * centre.x + back(0, 1) * centre.y + back(0, 2),
          back(1, 0) * centre.x + back(1, 1) * centre.y + back(1, 2)};
    return {
        reduction * (origin.x + cvRound((centre.x - box.width / 2.0) / factor)),
        reduction * (origin.y + cvRound((centre.y - box.height / 2.0) / factor)),
        reduction * cvRound(box.width / factor), reduction * cvRound(box.height / factor)};
  }

private:
  void upright(double lean) {
    const cv::Point2f centre(pixels.cols / 2.0f, pixels.rows / 2.0f);
    const cv::Mat_<double> turn = cv::getRotationMatrix2D(centre, lean, 1);
    cv::Mat turned;
    cv::warpAffine(
        pixels, turned, turn, pixels.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    pixels = turned;
    cv::invertAffineTransform(turn, back);
  }

  const int reduction;
  cv::Point origin;
  double factor = 1;
  cv::Mat_<double> back;
  bool isMirrored = false;
};

} // namespace

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
    emus_cascade *cascade, emus_frame *frame, emus_search search, emus_hit *hits, int32_t capacity,
    int32_t *found) {
  return emus::guarded([&] {
    *found = 0;
    const View view(*frame, search);
    if (view.pixels.empty())
      return EMUS_OK;
    std::vector<cv::Rect> faces;
    std::vector<int> neighbours;
    cascade->classifier.detectMultiScale(
        view.pixels, faces, neighbours, search.step, search.neighbours, 0,
        view.scaled(search.smallest), view.scaled(search.largest));
    for (size_t index = 0; index < faces.size(); ++index) {
      if (*found < capacity)
        hits[*found] = {view.inFrame(faces[index]), neighbours[index]};
      ++*found;
    }
    return EMUS_OK;
  });
}

emus_status emus_frame_match(
    emus_frame *frame, const uint8_t *levels, int32_t side, emus_box box, double reach,
    emus_box *place, double *likeness) {
  return emus::guarded([&] {
    const cv::Mat &gray = frame->gray();
    if (gray.empty() || side < 1 || box.width < 1 || box.height < 1)
      return emus::fail(EMUS_FAILED, "nothing to compare with");
    const cv::Rect old = frame->held(box);
    const int reachX = cvRound(reach * old.width), reachY = cvRound(reach * old.height);
    const cv::Rect part(
        old.x - reachX, old.y - reachY, old.width + 2 * reachX, old.height + 2 * reachY);
    const double factorX = static_cast<double>(side) / old.width;
    const double factorY = static_cast<double>(side) / old.height;
    cv::Mat scene, scores;
    cv::resize(
        emus::cut(gray, part), scene,
        cv::Size(
            std::max(side, cvRound(part.width * factorX)),
            std::max(side, cvRound(part.height * factorY))),
        0, 0, factorX < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    const cv::Mat face(side, side, CV_8UC1, const_cast<uint8_t *>(levels));
    cv::matchTemplate(scene, face, scores, cv::TM_CCOEFF_NORMED);
    cv::Point best;
    cv::minMaxLoc(scores, nullptr, likeness, nullptr, &best);
    *place = {
        frame->reduction * (part.x + cvRound(best.x / factorX)),
        frame->reduction * (part.y + cvRound(best.y / factorY)), box.width, box.height};
    return EMUS_OK;
  });
}

} // extern "C"
