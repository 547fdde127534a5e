#include "Shim.hpp"

#include <opencv2/face/facerec.hpp>

extern "C" emus_status emus_lbp_histograms(
    const uint8_t *levels, int32_t side, int32_t radius, int32_t grid, float *histograms,
    int32_t capacity) {
  return emus::guarded([&] {
    const cv::Mat picture(side, side, CV_8UC1, const_cast<uint8_t *>(levels));
    // The recogniser hands out its histograms only after training: one picture, one label.
    auto recogniser = cv::face::LBPHFaceRecognizer::create(radius, 8, grid, grid);
    recogniser->train(std::vector<cv::Mat>{picture}, std::vector<int>{0});
    const std::vector<cv::Mat> learned = recogniser->getHistograms();
    if (learned.size() != 1 || learned[0].type() != CV_32F || !learned[0].isContinuous() ||
        learned[0].total() != static_cast<size_t>(capacity))
      return emus::fail(EMUS_FAILED, "histograms of an unknown size");
    std::copy_n(learned[0].ptr<float>(), capacity, histograms);
    return EMUS_OK;
  });
}
