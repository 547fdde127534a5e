/// What the eye needs of OpenCV and chafa, as plain C.
///
/// Every function returns a status and lets no C++ exception out; `emus_last_error` then says
/// what the library said. Objects are opaque, made by `_create` and ended by `_destroy`; buffers
/// belong to the caller. An object is used by one thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum emus_status {
  EMUS_OK = 0,
  /// The library refused; `emus_last_error` holds its words.
  EMUS_FAILED = 1,
  /// The bytes begin like an image and end or break too early.
  EMUS_DAMAGED = 2,
  /// The bytes are no image of a known kind.
  EMUS_NOT_AN_IMAGE = 3,
  /// More pixels than allowed.
  EMUS_TOO_LARGE = 4,
  /// A library that is loaded on demand could not be loaded.
  EMUS_UNAVAILABLE = 5,
  /// No further frame.
  EMUS_END = 6,
} emus_status;

/// Pixels, origin top left; it may leave the frame.
typedef struct emus_box {
  int32_t x;
  int32_t y;
  int32_t width;
  int32_t height;
} emus_box;

/// One line about the last failure on this thread; valid until the next call on this thread.
const char *_Nonnull emus_last_error(void);

/// One thread for every algorithm, silence in the logs, and OpenCV's own image size limit.
/// Call it before any other function and before a second thread exists.
void emus_prepare(int64_t max_pixels);

/// The 32 bytes of the SHA-256 of some bytes. OpenSSL is loaded on first use (1.7 ms).
emus_status emus_sha256(
    const uint8_t *_Nonnull bytes, size_t count, uint8_t *_Nonnull digest);

/// This process ends when its parent does, however that ends (prctl, which Swift cannot see).
void emus_end_with_parent(void);

// A picture in memory: BGR or gray, eight bits a channel. Sizes and boxes are always in pixels of
// the picture; of one whose longer side has 4096 or more, a copy of half, a quarter or an eighth
// is all that is kept.
typedef struct emus_frame emus_frame;

emus_frame *_Nullable emus_frame_create(void);
void emus_frame_destroy(emus_frame *_Nullable frame);
int32_t emus_frame_width(const emus_frame *_Nonnull frame);
int32_t emus_frame_height(const emus_frame *_Nonnull frame);
/// Decodes JPEG (turned as its Exif says), PNG and binary PGM directly, and BMP, other PNM, TIFF and
/// WebP through OpenCV's codecs, which are loaded on first use because they cost about 0.2 s. A
/// picture of more than `max_pixels` is refused.
emus_status emus_frame_decode(
    emus_frame *_Nonnull frame, const uint8_t *_Nonnull bytes, size_t count, int64_t max_pixels);
/// Copies `width * height` gray levels, row by row.
emus_status emus_frame_set_gray(
    emus_frame *_Nonnull frame, const uint8_t *_Nonnull levels, int32_t width, int32_t height);
/// Mean and standard deviation of the gray levels inside the box, both 0...1.
emus_status emus_frame_measure(
    emus_frame *_Nonnull frame, emus_box box, double *_Nonnull mean, double *_Nonnull deviation);
/// The box as `side * side` gray levels; what lies outside the frame repeats its edge.
emus_status emus_frame_crop(
    emus_frame *_Nonnull frame, emus_box box, int32_t side, uint8_t *_Nonnull levels);

// A camera or a video file.
typedef struct emus_capture emus_capture;

/// Opens a V4L2 device such as `/dev/video0`.
emus_status emus_capture_open_device(
    const char *_Nonnull path, emus_capture *_Nullable *_Nonnull capture);
/// Opens a video file through FFmpeg; the network is out of its reach.
emus_status emus_capture_open_file(
    const char *_Nonnull path, emus_capture *_Nullable *_Nonnull capture);
void emus_capture_destroy(emus_capture *_Nullable capture);
/// Frames a second as the source says; 0 when it does not.
double emus_capture_rate(const emus_capture *_Nonnull capture);
/// Passes over the next frame without unpacking it. `EMUS_END` as for `emus_capture_read`.
emus_status emus_capture_skip(emus_capture *_Nonnull capture);
/// Waits for the next frame. `EMUS_END` after the last one of a file and when a camera is gone.
emus_status emus_capture_read(
    emus_capture *_Nonnull capture, emus_frame *_Nonnull frame, int64_t max_pixels);

// A cascade of Haar-like features, as a face detector.
typedef struct emus_cascade emus_cascade;

typedef struct emus_search {
  /// Where to look; pixels of the frame. Outside the frame its edge is repeated.
  emus_box region;
  /// The frame is scaled so that its longer side has so many pixels.
  int32_t long_side;
  /// Growth of the window from one scale to the next, above 1.
  double step;
  /// How many overlapping hits make a face.
  int32_t neighbours;
  /// Smallest and largest face, pixels of the frame; 0 is no limit.
  int32_t smallest;
  int32_t largest;
  /// Grows the region on every side by this share of it, repeating the edge.
  double padding;
  /// Evens the light out first, tile by tile (contrast-limited adaptive histogram equalisation).
  bool equalise;
  /// Looks for a head that leans so many degrees to the right of the picture, or left below 0.
  double lean;
  /// Looks in the mirrored picture: the profile cascade knows one side only.
  bool mirrored;
} emus_search;

/// A face, and how many overlapping hits made it.
typedef struct emus_hit {
  emus_box box;
  int32_t neighbours;
} emus_hit;

emus_status emus_cascade_create(
    const char *_Nonnull path, emus_cascade *_Nullable *_Nonnull cascade);
void emus_cascade_destroy(emus_cascade *_Nullable cascade);
/// Faces in pixels of the frame; `found` may exceed `capacity`, and then the rest is left out.
emus_status emus_cascade_find(
    emus_cascade *_Nonnull cascade, emus_frame *_Nonnull frame, emus_search search,
    emus_hit *_Nonnull hits, int32_t capacity, int32_t *_Nonnull found);

/// Where a picture of `side * side` gray levels lies now that was cut at `box` before, at most
/// `reach` sides of the box away: the best place by normalised correlation (`matchTemplate`,
/// `TM_CCOEFF_NORMED`), which is `likeness`, -1...1.
emus_status emus_frame_match(
    emus_frame *_Nonnull frame, const uint8_t *_Nonnull levels, int32_t side, emus_box box,
    double reach, emus_box *_Nonnull place, double *_Nonnull likeness);

// A neural network read from ONNX, run on one core.
typedef struct emus_network emus_network;

/// Reads the bytes of an ONNX file.
emus_status emus_network_create(
    const uint8_t *_Nonnull bytes, size_t count, emus_network *_Nullable *_Nonnull network);
void emus_network_destroy(emus_network *_Nullable network);
/// Runs on 1 x 1 x side x side values; `produced` is the number of outputs, of which at most
/// `capacity` are copied. The values of the layer called "embedding" come likewise, none where
/// the network has no such layer.
emus_status emus_network_run(
    emus_network *_Nonnull network, const float *_Nonnull values, int32_t side,
    float *_Nonnull outputs, int32_t capacity, int32_t *_Nonnull produced,
    float *_Nonnull embedding, int32_t embedding_capacity, int32_t *_Nonnull embedded);

/// Local binary pattern histograms (Ahonen, Hadid and Pietikainen 2006) of a square gray picture,
/// by OpenCV's LBPH recogniser: `grid * grid` cells of 256 bins, each cell summing to 1.
emus_status emus_lbp_histograms(
    const uint8_t *_Nonnull levels, int32_t side, int32_t radius, int32_t grid,
    float *_Nonnull histograms, int32_t capacity);

/// Takes the light out of a square picture in place: gamma 0.2, then what lies between two
/// Gaussians of 1 and 2 pixels, spread over 0...255 (after Tan and Triggs 2010, without their
/// contrast equalisation).
emus_status emus_flatten_light(uint8_t *_Nonnull levels, int32_t side);

// Histograms of oriented gradients (Dalal and Triggs 2005) and linear support vector machines.

/// Pixels of a cell's, a block's and a stride's side; how many directions of 0...180 degrees.
typedef struct emus_hog_layout {
  int32_t cell;
  int32_t block;
  int32_t stride;
  int32_t bins;
} emus_hog_layout;

/// Describes a square gray picture by `count` values, which have to be as many as the layout asks
/// for: blocks from column to column, in each its cells likewise, in each its bins.
emus_status emus_hog_describe(
    const uint8_t *_Nonnull levels, int32_t side, emus_hog_layout layout, float *_Nonnull values,
    int32_t count);

typedef struct emus_svm_settings {
  /// What the squared weights cost beside a violated margin.
  double regularisation;
  /// The first step, and the power by which steps shrink.
  double step;
  double decay;
  int32_t iterations;
} emus_svm_settings;

/// Fits one soft-margin machine by averaged stochastic gradient descent (OpenCV's SVMSGD, loaded on
/// first use): its decision is `weights` times the values plus `bias`, above 0 for the positive.
///
/// `samples` holds rows of `columns` values; `rows` names, `count` times, which one to take, some
/// more than once, and `positive` on which side each is. The same input gives the same machine.
emus_status emus_svm_fit(
    const float *_Nonnull samples, int32_t columns, const int32_t *_Nonnull rows,
    const bool *_Nonnull positive, int32_t count, emus_svm_settings settings,
    float *_Nonnull weights, float *_Nonnull bias);

typedef struct emus_cell {
  uint32_t glyph;
  /// 0xRRGGBB; below 0 is the terminal's own.
  int32_t foreground;
  int32_t background;
} emus_cell;

/// Draws a part of the frame as `columns * rows` terminal cells, twice as high as wide. The view
/// grows to the shape of the grid; what lies outside the frame is black.
emus_status emus_preview_draw(
    emus_frame *_Nonnull frame, emus_box view, int32_t columns, int32_t rows, bool ascii,
    bool colour, emus_cell *_Nonnull cells);

#ifdef __cplusplus
}
#endif
