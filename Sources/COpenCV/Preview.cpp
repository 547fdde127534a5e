#include "Shim.hpp"

#include <chafa.h>
#include <memory>
#include <opencv2/imgproc.hpp>

namespace {

/// The view grown about its centre to the shape of the grid, whose cells are twice as high as wide.
cv::Rect shaped(const emus_box &view, int columns, int rows) {
  const double aspect = columns / (2.0 * rows);
  const double width = std::max<double>(view.width, view.height * aspect);
  const double height = width / aspect;
  return cv::Rect(
      cvRound(view.x + (view.width - width) / 2), cvRound(view.y + (view.height - height) / 2),
      std::max(1, cvRound(width)), std::max(1, cvRound(height)));
}

/// What the grid shows, as packed BGR with one cell in 8 x 8 pixels (chafa's own cell).
cv::Mat pixels(
    emus_frame &frame, const emus_box &view, int columns, int rows, bool colour) {
  const cv::Mat &source = colour ? frame.pixels : frame.gray();
  cv::Mat part = emus::cut(source, shaped(view, columns, rows), cv::BORDER_CONSTANT);
  cv::Mat scaled;
  cv::resize(
      part, scaled, cv::Size(columns * CHAFA_SYMBOL_WIDTH_PIXELS, rows * CHAFA_SYMBOL_HEIGHT_PIXELS),
      0, 0, part.cols > columns * CHAFA_SYMBOL_WIDTH_PIXELS ? cv::INTER_AREA : cv::INTER_LINEAR);
  if (scaled.channels() == 1) {
    if (!colour)
      cv::normalize(scaled, scaled, 0, 255, cv::NORM_MINMAX);
    cv::cvtColor(scaled, scaled, cv::COLOR_GRAY2BGR);
  }
  return scaled;
}

struct Unref {
  void operator()(ChafaSymbolMap *map) const { chafa_symbol_map_unref(map); }
  void operator()(ChafaCanvasConfig *config) const { chafa_canvas_config_unref(config); }
  void operator()(ChafaCanvas *canvas) const { chafa_canvas_unref(canvas); }
};

std::unique_ptr<ChafaCanvas, Unref> canvas(int columns, int rows, bool ascii, bool colour) {
  const std::unique_ptr<ChafaSymbolMap, Unref> symbols(chafa_symbol_map_new());
  const int tags = ascii ? CHAFA_SYMBOL_TAG_ASCII
                         : CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_BLOCK | CHAFA_SYMBOL_TAG_QUAD;
  chafa_symbol_map_add_by_tags(symbols.get(), static_cast<ChafaSymbolTags>(tags));
  const std::unique_ptr<ChafaCanvasConfig, Unref> config(chafa_canvas_config_new());
  chafa_canvas_config_set_geometry(config.get(), columns, rows);
  chafa_canvas_config_set_canvas_mode(
      config.get(), colour ? CHAFA_CANVAS_MODE_TRUECOLOR : CHAFA_CANVAS_MODE_FGBG);
  chafa_canvas_config_set_dither_mode(
      config.get(), colour ? CHAFA_DITHER_MODE_NONE : CHAFA_DITHER_MODE_DIFFUSION);
  chafa_canvas_config_set_dither_grain_size(config.get(), 2, 2);
  chafa_canvas_config_set_symbol_map(config.get(), symbols.get());
  chafa_canvas_config_set_work_factor(config.get(), 0.2f);
  return std::unique_ptr<ChafaCanvas, Unref>(chafa_canvas_new(config.get()));
}

} // namespace

extern "C" emus_status emus_preview_draw(
    emus_frame *frame, emus_box view, int32_t columns, int32_t rows, bool ascii, bool colour,
    emus_cell *cells) {
  return emus::guarded([&] {
    if (columns < 1 || rows < 1 || columns > 500 || rows > 500 || view.width < 1 ||
        view.height < 1 || frame->pixels.empty())
      return emus::fail(EMUS_FAILED, "nothing to draw");
    const cv::Mat picture = pixels(*frame, view, columns, rows, colour);
    const auto drawing = canvas(columns, rows, ascii, colour);
    chafa_canvas_draw_all_pixels(
        drawing.get(), CHAFA_PIXEL_BGR8, picture.data, picture.cols, picture.rows,
        static_cast<gint>(picture.step));
    for (int32_t row = 0; row < rows; ++row)
      for (int32_t column = 0; column < columns; ++column) {
        emus_cell &cell = cells[row * columns + column];
        gint foreground = -1, background = -1;
        cell.glyph = chafa_canvas_get_char_at(drawing.get(), column, row);
        if (colour)
          chafa_canvas_get_colors_at(drawing.get(), column, row, &foreground, &background);
        cell.foreground = foreground;
        cell.background = background;
      }
    return EMUS_OK;
  });
}
