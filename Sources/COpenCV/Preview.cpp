#include "Shim.hpp"

#include <chafa.h>
#include <memory>
#include <opencv2/imgproc.hpp>

namespace {

/// The view grown about its centre to the shape of the grid, whose cells are twice as high as
/// wide, and moved into the frame where it fits.
cv::Rect shaped(const cv::Rect &view, const cv::Size &frame, int columns, int rows) {
  const double aspect = columns / (2.0 * rows);
  const int width = std::max(1, cvRound(std::max<double>(view.width, view.height * aspect)));
  const int height = std::max(1, cvRound(width / aspect));
  const auto inside = [](int start, int length, int limit) {
    return length > limit ? start : std::min(std::max(start, 0), limit - length);
  };
  return cv::Rect(
      inside(view.x + (view.width - width) / 2, width, frame.width),
      inside(view.y + (view.height - height) / 2, height, frame.height), width, height);
}

/// Where `start` of the view comes to lie when its `length` becomes `pixels`.
int scaledPlace(int start, int length, int pixels) {
  return cvRound(static_cast<double>(start) * pixels / length);
}

/// The view at so many pixels, black where it leaves the frame. Only what the frame has is scaled:
/// the view of a picture like a strip may be a thousand times as large.
cv::Mat pixels(const cv::Mat &source, const cv::Rect &view, const cv::Size &size) {
  const cv::Rect inside = view & cv::Rect(cv::Point(), source.size());
  cv::Mat scaled = cv::Mat::zeros(size, source.type());
  if (inside.empty())
    return scaled;
  const int left = scaledPlace(inside.x - view.x, view.width, size.width);
  const int top = scaledPlace(inside.y - view.y, view.height, size.height);
  const int right = scaledPlace(inside.br().x - view.x, view.width, size.width);
  const int bottom = scaledPlace(inside.br().y - view.y, view.height, size.height);
  const cv::Rect place(
      std::min(left, size.width - 1), std::min(top, size.height - 1), std::max(1, right - left),
      std::max(1, bottom - top));
  const bool shrinks = inside.width > place.width || inside.height > place.height;
  cv::resize(
      source(inside), scaled(place), place.size(), 0, 0,
      shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return scaled;
}

/// Without colour: one glyph a level of light. Chafa matches shapes, and in two colours it loses
/// the half tones that a face is made of.
void drawTones(
    emus_frame &frame, const cv::Rect &view, int columns, int rows, bool ascii,
    emus_cell *cells) {
  static const std::u32string darkToLight = U" .:-=+*#%@";
  static const std::u32string shades = U" \u2591\u2592\u2593\u2588";
  const std::u32string &ramp = ascii ? darkToLight : shades;
  cv::Mat tones = pixels(frame.gray(), view, cv::Size(columns, rows));
  cv::normalize(tones, tones, 0, 255, cv::NORM_MINMAX);
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      const size_t level = tones.at<uint8_t>(row, column) * ramp.size() / 256;
      cells[row * columns + column] = {ramp[level], -1, -1};
    }
}

struct Unref {
  void operator()(ChafaSymbolMap *map) const { chafa_symbol_map_unref(map); }
  void operator()(ChafaCanvasConfig *config) const { chafa_canvas_config_unref(config); }
  void operator()(ChafaCanvas *canvas) const { chafa_canvas_unref(canvas); }
};

std::unique_ptr<ChafaCanvas, Unref> canvas(int columns, int rows, bool ascii) {
  const std::unique_ptr<ChafaSymbolMap, Unref> symbols(chafa_symbol_map_new());
  const int tags = ascii ? CHAFA_SYMBOL_TAG_ASCII
                         : CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_BLOCK | CHAFA_SYMBOL_TAG_QUAD;
  chafa_symbol_map_add_by_tags(symbols.get(), static_cast<ChafaSymbolTags>(tags));
  const std::unique_ptr<ChafaCanvasConfig, Unref> config(chafa_canvas_config_new());
  chafa_canvas_config_set_geometry(config.get(), columns, rows);
  chafa_canvas_config_set_canvas_mode(config.get(), CHAFA_CANVAS_MODE_TRUECOLOR);
  chafa_canvas_config_set_symbol_map(config.get(), symbols.get());
  chafa_canvas_config_set_work_factor(config.get(), 0.2f);
  return std::unique_ptr<ChafaCanvas, Unref>(chafa_canvas_new(config.get()));
}

/// In colour: chafa chooses glyph and colours, one cell from 8 x 8 pixels (its own cell).
void drawColours(
    emus_frame &frame, const cv::Rect &view, int columns, int rows, bool ascii,
    emus_cell *cells) {
  cv::Mat picture = pixels(
      frame.pixels, view,
      cv::Size(columns * CHAFA_SYMBOL_WIDTH_PIXELS, rows * CHAFA_SYMBOL_HEIGHT_PIXELS));
  if (picture.channels() == 1)
    cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
  const auto drawing = canvas(columns, rows, ascii);
  chafa_canvas_draw_all_pixels(
      drawing.get(), CHAFA_PIXEL_BGR8, picture.data, picture.cols, picture.rows,
      static_cast<gint>(picture.step));
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      gint foreground = -1, background = -1;
      chafa_canvas_get_colors_at(drawing.get(), column, row, &foreground, &background);
      cells[row * columns + column] = {
          chafa_canvas_get_char_at(drawing.get(), column, row), foreground, background};
    }
}

/// Leaves the cells beyond the edge of the frame to the terminal.
void blankOutside(
    const cv::Rect &view, const cv::Size &frame, int columns, int rows, emus_cell *cells) {
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      const double x = view.x + (column + 0.5) * view.width / columns;
      const double y = view.y + (row + 0.5) * view.height / rows;
      if (x < 0 || y < 0 || x >= frame.width || y >= frame.height)
        cells[row * columns + column] = {U' ', -1, -1};
    }
}

} // namespace

extern "C" emus_status emus_preview_draw(
    emus_frame *frame, emus_box view, int32_t columns, int32_t rows, bool ascii, bool colour,
    emus_cell *cells) {
  return emus::guarded([&] {
    if (columns < 1 || rows < 1 || columns > 500 || rows > 500 || view.width < 1 ||
        view.height < 1 || frame->pixels.empty())
      return emus::fail(EMUS_FAILED, "nothing to draw");
    const cv::Rect shown = shaped(frame->held(view), frame->pixels.size(), columns, rows);
    if (colour)
      drawColours(*frame, shown, columns, rows, ascii, cells);
    else
      drawTones(*frame, shown, columns, rows, ascii, cells);
    blankOutside(shown, frame->pixels.size(), columns, rows, cells);
    return EMUS_OK;
  });
}
