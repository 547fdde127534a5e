/// What the files of the shim share: the frame, and the guard that lets no exception out.
#pragma once

#include "COpenCV.h"

#include <exception>
#include <new>
#include <opencv2/core.hpp>
#include <string>

/// A picture. Of a very large one only a smaller copy is held; whoever uses the frame speaks of the
/// pixels of the picture, and `held` translates.
struct emus_frame {
  /// BGR or gray, 8 bits.
  cv::Mat pixels;
  /// So many pixels of the picture are one of `pixels`, along each side.
  int reduction = 1;
  /// Of the picture.
  cv::Size size;

  /// The gray levels of `pixels`, computed once a picture.
  const cv::Mat &gray();
  void replace(cv::Mat picture);
  /// The same for a copy of a picture of some size that was made smaller already.
  void replace(cv::Mat copy, int reduction, cv::Size size);
  /// A box of the picture as one of `pixels`.
  cv::Rect held(const emus_box &box) const;

private:
  cv::Mat levels;
};

namespace emus {

/// Remembers the words of a failure for `emus_last_error` and hands its status on.
emus_status fail(emus_status status, const char *message) noexcept;

/// By how much a picture of this size is made smaller: 1, 2, 4 or 8. Its longer side keeps 2048
/// pixels, of which the smallest face that is looked for has 102; the networks see 48 and 100.
int reductionFor(int width, int height);

/// The box cut from a picture. What lies outside repeats the edge; a box wholly outside is black.
cv::Mat cut(const cv::Mat &picture, const cv::Rect &box);

/// The symbol of a library that is loaded on first use; throws when it cannot be had.
void *symbol(const char *library, const char *name);

/// The same of a module of the OpenCV that this was built with.
void *symbolOfOpenCV(const char *module, const char *name);

struct Unavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <typename Body> emus_status guarded(Body body) noexcept {
  try {
    return body();
  } catch (const Unavailable &error) {
    return fail(EMUS_UNAVAILABLE, error.what());
  } catch (const cv::Exception &error) {
    return fail(EMUS_FAILED, error.err.c_str());
  } catch (const std::bad_alloc &) {
    return fail(EMUS_FAILED, "not enough memory");
  } catch (const std::exception &error) {
    return fail(EMUS_FAILED, error.what());
  } catch (...) {
    return fail(EMUS_FAILED, "an unknown failure");
  }
}

} // namespace emus
