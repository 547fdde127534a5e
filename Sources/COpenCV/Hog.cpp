#include "Shim.hpp"

#include <opencv2/core/cvdef.h>
#include <opencv2/core/version.hpp>
#include <opencv2/ml.hpp>
#include <opencv2/objdetect.hpp>

namespace {

/// OpenCV's learner of linear machines by its C++ name, so that nothing links against the library
/// that only learning needs; whatever else is called of it is virtual.
cv::Ptr<cv::ml::SVMSGD> machine() {
  using Create = cv::Ptr<cv::ml::SVMSGD> (*)();
  static const auto create = reinterpret_cast<Create>(
      emus::symbolOfOpenCV("ml", "_ZN2cv2ml6SVMSGD6createEv"));
  return create();
}

} // namespace

extern "C" {

emus_status emus_hog_describe(
    const uint8_t *levels, int32_t side, emus_hog_layout layout, float *values, int32_t count) {
  return emus::guarded([&] {
    const cv::HOGDescriptor hog(
        cv::Size(side, side), cv::Size(layout.block, layout.block),
        cv::Size(layout.stride, layout.stride), cv::Size(layout.cell, layout.cell), layout.bins,
        /* derivAperture */ 1, /* winSigma: from the block */ -1, cv::HOGDescriptor::L2Hys,
        /* L2HysThreshold */ 0.2, /* gammaCorrection: the root of the levels */ true);
    const cv::Mat picture(side, side, CV_8UC1, const_cast<uint8_t *>(levels));
    std::vector<float> described;
    hog.compute(picture, described);
    if (described.size() != static_cast<size_t>(count))
      return emus::fail(EMUS_FAILED, "a description of another length");
    std::copy(described.begin(), described.end(), values);
    return EMUS_OK;
  });
}

emus_status emus_svm_fit(
    const float *samples, int32_t columns, const int32_t *rows, const bool *positive,
    int32_t count, emus_svm_settings settings, float *weights, float *bias) {
  return emus::guarded([&] {
    cv::Mat chosen(count, columns, CV_32F);
    cv::Mat sides(count, 1, CV_32F);
    for (int32_t row = 0; row < count; ++row) {
      const float *sample = samples + static_cast<size_t>(rows[row]) * columns;
      std::copy_n(sample, columns, chosen.ptr<float>(row));
      sides.at<float>(row) = positive[row] ? 1 : -1;
    }
    const cv::Ptr<cv::ml::SVMSGD> svm = machine();
    svm->setSvmsgdType(cv::ml::SVMSGD::ASGD);
    svm->setMarginType(cv::ml::SVMSGD::SOFT_MARGIN);
    svm->setMarginRegularization(settings.regularisation);
    svm->setInitialStepSize(settings.step);
    svm->setStepDecreasingPower(settings.decay);
    svm->setTermCriteria(cv::TermCriteria(cv::TermCriteria::COUNT, settings.iterations, 0));
    if (!svm->train(chosen, cv::ml::ROW_SAMPLE, sides))
      return emus::fail(EMUS_FAILED, "the machine cannot be fitted");
    const cv::Mat learned = svm->getWeights();
    if (learned.type() != CV_32F || learned.total() != static_cast<size_t>(columns))
      return emus::fail(EMUS_FAILED, "a machine of an unknown kind");
    std::copy_n(learned.ptr<float>(), columns, weights);
    *bias = svm->getShift();
    return EMUS_OK;
  });
}

} // extern "C"
