#include "Shim.hpp"

#include <chafa.h>
#include <cmath>
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

/// The cells, of so many, whose middles lie on the part `inside` of a `length`; one at least.
cv::Range cellsOf(const cv::Range &inside, int length, int cells) {
  const double scale = static_cast<double>(cells) / length;
  const auto from = [&](int place) { return static_cast<int>(std::ceil(place * scale - 0.5)); };
  const int start = std::min(from(inside.start), cells - 1);
  return cv::Range(start, std::max(start + 1, from(inside.end)));
}

/// What of a grid of cells shows what of the frame.
struct Shown {
  cv::Size grid;
  /// Pixels of the frame.
  cv::Rect part;
  /// The cells on which they are drawn.
  cv::Rect cells;

  Shown(const cv::Rect &view, const cv::Size &frame, int columns, int rows)
      : grid(columns, rows), part(view & cv::Rect(cv::Point(), frame)) {
    if (part.empty())
      return;
    const cv::Rect inside = part - view.tl();
    const cv::Range across = cellsOf(cv::Range(inside.x, inside.br().x), view.width, columns);
    const cv::Range down = cellsOf(cv::Range(inside.y, inside.br().y), view.height, rows);
    cells = cv::Rect(across.start, down.start, across.size(), down.size());
  }
};

/// The grid with so many pixels a cell, black where nothing is drawn. Only what the frame has is
/// scaled: the view of a picture like a strip may be a thousand times as large.
cv::Mat pixels(const cv::Mat &source, const Shown &shown, int width, int height) {
  cv::Mat scaled =
      cv::Mat::zeros(shown.grid.height * height, shown.grid.width * width, source.type());
  if (shown.part.empty())
    return scaled;
  const cv::Rect place(
      shown.cells.x * width, shown.cells.y * height, shown.cells.width * width,
      shown.cells.height * height);
  const bool shrinks = shown.part.width > place.width || shown.part.height > place.height;
  cv::resize(
      source(shown.part), scaled(place), place.size(), 0, 0,
      shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return scaled;
}

/// Without colour: one glyph a level of light. Chafa matches shapes, and in two colours it loses
/// the half tones that a face is made of.
void drawTones(emus_frame &frame, const Shown &shown, bool ascii, emus_cell *cells) {
  static const std::u32string darkToLight = U" .:-=+*#%@";
  static const std::u32string shades = U" \u2591\u2592\u2593\u2588";
  const std::u32string &ramp = ascii ? darkToLight : shades;
  cv::Mat tones = pixels(frame.gray(), shown, 1, 1);
  cv::Mat seen = tones(shown.cells);
  if (!seen.empty())
    cv::normalize(seen, seen, 0, 255, cv::NORM_MINMAX);
  for (int row = 0; row < tones.rows; ++row)
    for (int column = 0; column < tones.cols; ++column) {
      const size_t level = tones.at<uint8_t>(row, column) * ramp.size() / 256;
      cells[row * tones.cols + column] = {ramp[level], -1, -1};
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
void drawColours(emus_frame &frame, const Shown &shown, bool ascii, emus_cell *cells) {
  const int columns = shown.grid.width, rows = shown.grid.height;
  cv::Mat picture =
      pixels(frame.pixels, shown, CHAFA_SYMBOL_WIDTH_PIXELS, CHAFA_SYMBOL_HEIGHT_PIXELS);
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
void blankOutside(const Shown &shown, emus_cell *cells) {
  for (int row = 0; row < shown.grid.height; ++row)
    for (int column = 0; column < shown.grid.width; ++column)
      if (!shown.cells.contains(cv::Point(column, row)))
        cells[row * shown.grid.width + column] = {U' ', -1, -1};
}

} // namespace

extern "C" emus_status emus_preview_draw(
    emus_frame *frame, emus_box view, int32_t columns, int32_t rows, bool ascii, bool colour,
    emus_cell *cells) {
  return emus::guarded([&] {
    if (columns < 1 || rows < 1 || columns > 500 || rows > 500 || view.width < 1 ||
        view.height < 1 || frame->pixels.empty())
      return emus::fail(EMUS_FAILED, "nothing to draw");
    const cv::Size size = frame->pixels.size();
    const Shown shown(shaped(frame->held(view), size, columns, rows), size, columns, rows);
    if (colour)
      drawColours(*frame, shown, ascii, cells);
    else
      drawTones(*frame, shown, ascii, cells);
    blankOutside(shown, cells);
    return EMUS_OK;
  });
}
