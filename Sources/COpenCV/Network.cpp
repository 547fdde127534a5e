#include "Shim.hpp"

#include <memory>
#include <opencv2/dnn.hpp>

struct emus_network {
  cv::dnn::Net net;
  // The last layer that gives the outputs, and before it the one called "embedding", if there is one.
  std::vector<cv::String> outputs;
};

namespace {

// OpenCV 4.6 puts this before the name of an ONNX node.
const cv::String embedding_layer = "onnx_node!embedding";

emus_status copy(const cv::Mat &from, float *to, int32_t capacity, int32_t *produced) {
  if (from.type() != CV_32F || !from.isContinuous())
    return emus::fail(EMUS_FAILED, "outputs of an unknown kind");
  *produced = static_cast<int32_t>(from.total());
  std::copy_n(from.ptr<float>(), std::min(*produced, capacity), to);
  return EMUS_OK;
}

} // namespace

extern "C" {

emus_status emus_network_create(
    const uint8_t *bytes, size_t count, emus_network **network) {
  return emus::guarded([&] {
    auto made = std::make_unique<emus_network>();
    made->net = cv::dnn::readNetFromONNX(reinterpret_cast<const char *>(bytes), count);
    if (made->net.empty())
      return emus::fail(EMUS_FAILED, "no network in it");
    made->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    made->net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    made->outputs = made->net.getUnconnectedOutLayersNames();
    if (made->outputs.size() != 1)
      return emus::fail(EMUS_FAILED, "more than one output");
    if (made->net.getLayerId(embedding_layer) >= 0)
      made->outputs.push_back(embedding_layer);
    *network = made.release();
    return EMUS_OK;
  });
}

void emus_network_destroy(emus_network *network) { delete network; }

emus_status emus_network_run(
    emus_network *network, const float *values, int32_t side, float *outputs, int32_t capacity,
    int32_t *produced, float *embedding, int32_t embedding_capacity, int32_t *embedded) {
  return emus::guarded([&] {
    const int shape[] = {1, 1, side, side};
    const cv::Mat input(4, shape, CV_32F, const_cast<float *>(values));
    network->net.setInput(input);
    std::vector<cv::Mat> answers;
    network->net.forward(answers, network->outputs);
    *embedded = 0;
    if (answers.size() > 1) {
      const emus_status status = copy(answers[1], embedding, embedding_capacity, embedded);
      if (status != EMUS_OK)
        return status;
    }
    return copy(answers[0], outputs, capacity, produced);
  });
}

} // extern "C"
