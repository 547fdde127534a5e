/// ncursesw as Swift can call it.
///
/// Swift sees neither macros (A_BOLD, KEY_F) nor mutable globals (stdscr, COLORS) nor, without
/// NCURSES_WIDECHAR, cchar_t: hence these inlines. None but the thread that called
/// emus_curses_open may call the others; the restoring functions are for signal handlers.
#pragma once

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <wchar.h>

/// The attributes of a cell; the values are those of Screen's Style.Attributes.
enum {
  EMUS_BOLD = 1,
  EMUS_DIM = 2,
  EMUS_ITALIC = 4,
  EMUS_UNDERLINE = 8,
  EMUS_REVERSE = 16,
};

typedef enum {
  EMUS_OPENED = 0,
  /// TERM names no terminal that terminfo knows.
  EMUS_UNKNOWN_TERMINAL = 1,
  /// The terminal cannot put its cursor anywhere ("dumb").
  EMUS_NO_CURSOR_ADDRESS = 2,
} emus_open_status;

/// Takes the terminal of standard input and output over: cbreak, no echo, keypad, hidden cursor,
/// default colours. Arms the restoring of the terminal at exit and at fatal signals.
emus_open_status emus_curses_open(int escape_delay_ms);

/// Ends what emus_curses_open began. May be called twice.
void emus_curses_close(void);

/// Leaves the screen and its modes for the shell, until emus_curses_resume.
void emus_curses_suspend(void);
void emus_curses_resume(void);

/// pipe2 with O_NONBLOCK and O_CLOEXEC, which Swift does not see: the reading end, the writing end.
int emus_pipe(int *_Nonnull ends);

/// Installs, for SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP and SIGCONT, handlers (SA_RESTART) that
/// write the signal's number as one byte to `descriptor`; ignores SIGPIPE. Done before newterm,
/// they keep ncurses from installing its own, which lack SA_RESTART. The calling thread gets a stack on
/// which the handler of fatal signals can run when its own is full.
void emus_signals_to(int descriptor);
/// Gives back the handlers that emus_signals_to replaced.
void emus_signals_restore(void);
/// Stops this process as Ctrl-Z does by default; returns after it was continued.
void emus_stop_here(void);

/// What get_wch gave.
typedef enum { EMUS_NOTHING = 0, EMUS_CHARACTER = 1, EMUS_KEY_CODE = 2 } emus_input_kind;

/// Never waits longer than the escape delay.
emus_input_kind emus_read_key(uint32_t *_Nonnull value);

static inline int emus_colours(void) { return has_colors() ? COLORS : 0; }

/// The pair of two colours, -1 being the terminal's own; 0 where there are no pairs.
static inline int emus_pair(int foreground, int background) {
  if (foreground < 0 && background < 0) return 0;
  int pair = alloc_pair(foreground, background);
  return pair < 0 ? 0 : pair;
}

/// The columns that ncurses will give a scalar in this locale; not positive where it has none.
int emus_width(uint32_t scalar);

/// Puts one glyph, base first, at most 5 scalars, on the screen to be shown.
static inline void emus_put(
    int row, int column, const uint32_t *_Nonnull scalars, int count, int attributes, int pair) {
  wchar_t text[6] = {0};
  for (int i = 0; i < count && i < 5; i++) text[i] = (wchar_t)scalars[i];
  attr_t wanted = A_NORMAL;
  if (attributes & EMUS_BOLD) wanted |= A_BOLD;
  if (attributes & EMUS_DIM) wanted |= A_DIM;
  if (attributes & EMUS_ITALIC) wanted |= A_ITALIC;
  if (attributes & EMUS_UNDERLINE) wanted |= A_UNDERLINE;
  if (attributes & EMUS_REVERSE) wanted |= A_REVERSE;
  cchar_t cell;
  // A pair above SHRT_MAX travels through the last argument alone (ncurses 6.1 and later).
  if (setcchar(&cell, text, wanted, 0, &pair) == OK && wmove(stdscr, row, column) == OK) {
    // In the last cell of the screen it reports ERR and writes nevertheless.
    (void)wadd_wch(stdscr, &cell);
  }
}

/// Shows what was put, the cursor at the given cell, or hidden where `column` is negative.
void emus_show(int column, int row);

/// Everything that was put before is no longer wanted.
static inline void emus_erase(void) { werase(stdscr); }

/// As emus_erase; the next emus_show clears the screen and writes all of it, in one go.
static inline void emus_forget(void) {
  werase(stdscr);
  clearok(curscr, TRUE);
}

/// Rows and columns of the terminal, as the kernel knows them, else as ncurses began.
void emus_size(int *_Nonnull columns, int *_Nonnull rows);
static inline void emus_resize(int columns, int rows) {
  resizeterm(rows, columns);
  emus_forget();
}

/// Sets the character type to the locale's, or to C.UTF-8 where none is set or it is not
/// installed; nothing but LC_CTYPE, since LC_NUMERIC makes libmpv refuse to work. Returns whether
/// the terminal is to be taken for one that shows UTF-8.
bool emus_use_locale(void);
