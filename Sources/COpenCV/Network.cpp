#include "Shim.hpp"

#include <memory>
#include <opencv2/dnn.hpp>

struct emus_network {
  cv::dnn::Net net;
};

extern "C" {

emus_status emus_network_create(const char *path, emus_network **network) {
  return emus::guarded([&] {
    auto made = std::make_unique<emus_network>();
    made->net = cv::dnn::readNetFromONNX(path);
    if (made->net.empty())
      return emus::fail(EMUS_FAILED, "no network in it");
    made->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    made->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    *network = made.release();
    return EMUS_OK;
  });
}

void emus_network_destroy(emus_network *network) { delete network; }

emus_status emus_network_run(
    emus_network *network, const float *values, int32_t side, float *outputs, int32_t capacity,
    int32_t *produced) {
  return emus::guarded([&] {
    const int shape[] = {1, 1, side, side};
    const cv::Mat input(4, shape, CV_32F, const_cast<float *>(values));
    network->net.setInput(input);
    const cv::Mat output = network->net.forward();
    if (output.type() != CV_32F || !output.isContinuous())
      return emus::fail(EMUS_FAILED, "outputs of an unknown kind");
    *produced = static_cast<int32_t>(output.total());
    std::copy_n(output.ptr<float>(), std::min(*produced, capacity), outputs);
    return EMUS_OK;
  });
}

} // extern "C"
