#include "Shim.hpp"

#include <cstdio>
#include <cstring>
#include <cctype>
#include <csetjmp>
#include <iostream>
#include <jpeglib.h>
#include <jerror.h>
#include <opencv2/imgproc.hpp>
#include <png.h>

// JPEG and PNG are read by their own libraries, which load in under a millisecond and say whether
// a file is whole; OpenCV's codecs take 0.2 s to load and hand out half a picture in silence.

namespace {

struct Bytes {
  const uint8_t *start;
  size_t count;

  bool begin(const char *signature, size_t length, size_t offset = 0) const {
    return count >= offset + length && std::memcmp(start + offset, signature, length) == 0;
  }
};

bool exceeds(int64_t width, int64_t height, int64_t max_pixels) {
  // The product of two numbers of a hostile header may be beyond 64 bits.
  return height > 0 && width > max_pixels / height;
}

/// libjpeg reports through callbacks and leaves by `longjmp`: no C++ object may live between
/// `setjmp` and the calls that may jump.
struct Jpeg {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors{};
  std::jmp_buf escape;
  char message[JMSG_LENGTH_MAX] = "";
  bool endsEarly = false;

  Jpeg() {
    info.err = jpeg_std_error(&errors);
    errors.error_exit = [](j_common_ptr common) {
      Jpeg *jpeg = static_cast<Jpeg *>(common->client_data);
      jpeg->errors.format_message(common, jpeg->message);
      std::longjmp(jpeg->escape, 1);
    };
    errors.emit_message = [](j_common_ptr common, int level) {
      Jpeg *jpeg = static_cast<Jpeg *>(common->client_data);
      if (level < 0 && jpeg->errors.msg_code == JWRN_JPEG_EOF)
        jpeg->endsEarly = true;
    };
    errors.output_message = [](j_common_ptr) {};
    info.client_data = this;
  }
  ~Jpeg() { jpeg_destroy_decompress(&info); }

  bool readHeader(const Bytes &bytes) {
    if (setjmp(escape))
      return false;
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, bytes.start, bytes.count);
    jpeg_save_markers(&info, JPEG_APP0 + 1, 0xFFFF);
    return jpeg_read_header(&info, TRUE) == JPEG_HEADER_OK;
  }

  /// Reads the picture, smaller by `scale_denom`, into as many rows and columns.
  bool readRows(uint8_t *rows, size_t stride, int width, int height) {
    if (setjmp(escape))
      return false;
    jpeg_start_decompress(&info);
    if (static_cast<int>(info.output_width) != width ||
        static_cast<int>(info.output_height) != height) {
      std::strcpy(message, "of another size than it says");
      return false;
    }
    while (info.output_scanline < info.output_height) {
      JSAMPROW row = rows + stride * info.output_scanline;
      jpeg_read_scanlines(&info, &row, 1);
    }
    return !endsEarly;
  }

  /// Exif's orientation 1...8; 1 (upright) when absent or unreadable.
  int orientation() const {
    for (auto marker = info.marker_list; marker; marker = marker->next) {
      const Bytes exif{marker->data, marker->data_length};
      if (marker->marker == JPEG_APP0 + 1 && exif.begin("Exif\0\0", 6))
        return orientation({exif.start + 6, exif.count - 6});
    }
    return 1;
  }

private:
  static int orientation(const Bytes &tiff) {
    const bool little = tiff.begin("II*\0", 4);
    if (!little && !tiff.begin("MM\0*", 4))
      return 1;
    const auto number = [&](size_t offset, size_t width) -> uint32_t {
      uint32_t value = 0;
      for (size_t index = 0; index < width; ++index) {
        const size_t place = offset + (little ? width - 1 - index : index);
        value = value << 8 | (place < tiff.count ? tiff.start[place] : 0);
      }
      return value;
    };
    const size_t directory = number(4, 4);
    const size_t entries = number(directory, 2);
    for (size_t index = 0; index < entries; ++index) {
      const size_t entry = directory + 2 + 12 * index;
      if (entry + 12 > tiff.count)
        return 1;
      if (number(entry, 2) == 0x0112) {
        const uint32_t value = number(entry + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
      }
    }
    return 1;
  }
};

/// Turns a picture upright, as Exif 2.3 section 4.6.4 numbers the ways it can lie.
cv::Mat upright(cv::Mat picture, int orientation) {
  cv::Mat turned = picture;
  if (orientation >= 5)
    cv::transpose(picture, turned);
  switch (orientation) {
  case 2:
  case 6:
    cv::flip(turned.clone(), turned, 1);
    break;
  case 3:
  case 7:
    cv::flip(turned.clone(), turned, -1);
    break;
  case 4:
  case 8:
    cv::flip(turned.clone(), turned, 0);
    break;
  default:
    break;
  }
  return turned;
}

/// OpenCV's codecs say on standard error, past its log, what the status says already.
struct Silence {
  std::streambuf *const before = std::cerr.rdbuf(nullptr);
  ~Silence() { std::cerr.rdbuf(before); }
};

/// OpenCV's codecs: `cv::imdecode` by its C++ name, so that nothing links against them.
emus_status decodeByCodecs(const Bytes &bytes, emus_frame &frame) {
  using Decode = cv::Mat (*)(cv::InputArray, int);
  static const auto decode = reinterpret_cast<Decode>(
      emus::symbolOfOpenCV("imgcodecs", "_ZN2cv8imdecodeERKNS_11_InputArrayEi"));
  if (bytes.count > INT32_MAX)
    return emus::fail(EMUS_TOO_LARGE, "more bytes than an image holds");
  const cv::Mat buffer(
      1, static_cast<int>(bytes.count), CV_8UC1, const_cast<uint8_t *>(bytes.start));
  const Silence silence;
  try {
    cv::Mat picture = decode(buffer, /* IMREAD_COLOR */ 1);
    if (picture.empty())
      return emus::fail(EMUS_DAMAGED, "the picture cannot be decoded");
    frame.replace(std::move(picture));
    return EMUS_OK;
  } catch (const cv::Exception &error) {
    const bool large = error.err.find("CV_IO_MAX_IMAGE") != std::string::npos;
    return emus::fail(large ? EMUS_TOO_LARGE : EMUS_DAMAGED, error.err.c_str());
  }
}

/// Four inks a pixel, as Adobe writes them: 255 is no ink. Black dims the other three.
cv::Mat fromInks(const cv::Mat &inks) {
  cv::Mat planes[4], picture;
  cv::split(inks, planes);
  for (int ink = 0; ink < 3; ++ink)
    cv::multiply(planes[ink], planes[3], planes[ink], 1.0 / 255);
  std::swap(planes[0], planes[2]);
  cv::merge(planes, 3, picture);
  return picture;
}

emus_status decodeJpeg(const Bytes &bytes, int64_t max_pixels, emus_frame &frame) {
  Jpeg jpeg;
  if (!jpeg.readHeader(bytes))
    return emus::fail(EMUS_DAMAGED, jpeg.message);
  if (exceeds(jpeg.info.image_width, jpeg.info.image_height, max_pixels))
    return emus::fail(EMUS_TOO_LARGE, "too many pixels");
  const int channels = jpeg.info.num_components;
  if (channels != 1 && channels != 3 && channels != 4)
    return emus::fail(EMUS_DAMAGED, "it has neither one, three nor four colours");
  jpeg.info.out_color_space =
      channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_EXT_BGR : JCS_CMYK;
  const cv::Size whole(
      static_cast<int>(jpeg.info.image_width), static_cast<int>(jpeg.info.image_height));
  // libjpeg makes a smaller picture from fewer coefficients, in a fraction of time and memory.
  const int reduction = emus::reductionFor(whole.width, whole.height);
  jpeg.info.scale_num = 1;
  jpeg.info.scale_denom = static_cast<unsigned>(reduction);
  cv::Mat picture(
      (whole.height + reduction - 1) / reduction, (whole.width + reduction - 1) / reduction,
      CV_8UC(channels));
  if (!jpeg.readRows(picture.data, picture.step, picture.cols, picture.rows))
    return emus::fail(EMUS_DAMAGED, jpeg.endsEarly ? "it ends too early" : jpeg.message);
  if (channels == 4)
    picture = fromInks(picture);
  const int orientation = jpeg.orientation();
  frame.replace(
      upright(picture, orientation), reduction,
      orientation >= 5 ? cv::Size(whole.height, whole.width) : whole);
  return EMUS_OK;
}

emus_status decodePng(const Bytes &bytes, int64_t max_pixels, emus_frame &frame) {
  struct Png : png_image {
    Png() : png_image() { version = PNG_IMAGE_VERSION; }
    ~Png() { png_image_free(this); }
  } png;
  // The header's own numbers first: libpng reads on to the pixels before it tells them.
  if (bytes.count >= 24 && exceeds(png_get_uint_32(bytes.start + 16),
                                   png_get_uint_32(bytes.start + 20), max_pixels))
    return emus::fail(EMUS_TOO_LARGE, "too many pixels");
  if (!png_image_begin_read_from_memory(&png, bytes.start, bytes.count))
    return emus::fail(EMUS_DAMAGED, png.message);
  // Without a gamma of its own a picture of 16 bits would be taken for linear light.
  png.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  const bool gray = !(png.format & PNG_FORMAT_FLAG_COLOR);
  png.format = gray ? PNG_FORMAT_GRAY : PNG_FORMAT_BGR;
  cv::Mat picture(
      static_cast<int>(png.height), static_cast<int>(png.width), gray ? CV_8UC1 : CV_8UC3);
  const png_color behind = {255, 255, 255};
  if (!png_image_finish_read(
          &png, &behind, picture.data, static_cast<png_int_32>(picture.step), nullptr))
    return emus::fail(EMUS_DAMAGED, png.message);
  frame.replace(std::move(picture));
  return EMUS_OK;
}

/// A number of a PGM header behind blanks; -1 where there is none. Moves `place` behind it.
int64_t headerNumber(const Bytes &bytes, size_t &place) {
  while (place < bytes.count && std::isspace(bytes.start[place]))
    ++place;
  int64_t number = -1;
  for (; place < bytes.count && std::isdigit(bytes.start[place]) && number < 1'000'000; ++place)
    number = std::max<int64_t>(number, 0) * 10 + (bytes.start[place] - '0');
  return number;
}

/// Binary PGM of 256 levels without comments: what this program writes itself. Any other kind of
/// it goes to OpenCV's codecs.
emus_status decodeGraymap(const Bytes &bytes, int64_t max_pixels, emus_frame &frame) {
  size_t place = 2;
  const int64_t width = headerNumber(bytes, place);
  const int64_t height = headerNumber(bytes, place);
  if (width < 1 || height < 1 || headerNumber(bytes, place) != 255 || place >= bytes.count)
    return decodeByCodecs(bytes, frame);
  ++place;
  if (exceeds(width, height, max_pixels))
    return emus::fail(EMUS_TOO_LARGE, "too many pixels");
  if (bytes.count - place < static_cast<size_t>(width * height))
    return emus::fail(EMUS_DAMAGED, "it ends too early");
  cv::Mat picture(static_cast<int>(height), static_cast<int>(width), CV_8UC1);
  std::memcpy(picture.data, bytes.start + place, static_cast<size_t>(width * height));
  frame.replace(std::move(picture));
  return EMUS_OK;
}

bool knownToCodecs(const Bytes &bytes) {
  const bool anymap = bytes.count > 2 && bytes.start[0] == 'P' && bytes.start[1] >= '1' &&
                      bytes.start[1] <= '7' && std::isspace(bytes.start[2]);
  return anymap || bytes.begin("BM", 2) || bytes.begin("II*\0", 4) || bytes.begin("MM\0*", 4) ||
         (bytes.begin("RIFF", 4) && bytes.begin("WEBP", 4, 8));
}

} // namespace

extern "C" emus_status emus_frame_decode(
    emus_frame *frame, const uint8_t *bytes, size_t count, int64_t max_pixels) {
  return emus::guarded([&] {
    const Bytes file{bytes, count};
    if (file.begin("\xFF\xD8\xFF", 3))
      return decodeJpeg(file, max_pixels, *frame);
    if (file.begin("\x89PNG\r\n\x1A\n", 8))
      return decodePng(file, max_pixels, *frame);
    if (file.begin("P5", 2))
      return decodeGraymap(file, max_pixels, *frame);
    if (knownToCodecs(file))
      return decodeByCodecs(file, *frame);
    return emus::fail(EMUS_NOT_AN_IMAGE, "not an image");
  });
}
