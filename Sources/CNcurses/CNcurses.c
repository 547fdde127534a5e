#define _GNU_SOURCE 1
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

// MARK: - Restoring the terminal, also from a signal handler

static struct {
  volatile sig_atomic_t armed;
  struct termios modes;
  char bytes[256];
  size_t count;
} restore;

static int collect(int byte) {
  if (restore.count < sizeof restore.bytes) restore.bytes[restore.count++] = (char)byte;
  return byte;
}

static void collect_capability(const char *name) {
  char *value = tigetstr(name);
  if (value != NULL && value != (char *)-1) tputs(value, 1, collect);
}

static void write_all(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

/// Async-signal-safe: write, tcsetattr and pthread_sigmask alone.
static void restore_terminal(void) {
  if (!restore.armed) return;
  restore.armed = 0;
  // In the background both calls would stop the process in place of ending it.
  sigset_t output;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &output, NULL);
  write_all(restore.bytes, restore.count);
  tcsetattr(STDIN_FILENO, TCSANOW, &restore.modes);
}

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE, SIGTRAP, SIGQUIT};
enum { FATAL_COUNT = sizeof fatal / sizeof fatal[0] };
static struct sigaction fatal_before[FATAL_COUNT];

/// Restores the terminal, then lets the signal do what it would have done without us.
static void on_fatal(int number) {
  restore_terminal();
  for (int i = 0; i < FATAL_COUNT; i++) {
    if (fatal[i] == number) sigaction(number, &fatal_before[i], NULL);
  }
  // Blocked while we are in here, so it is delivered on return.
  raise(number);
}

static void arm(void) {
  static bool at_exit = false;
  if (!at_exit) at_exit = atexit(restore_terminal) == 0;
  restore.armed = 1;
  struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i], &action, &fatal_before[i]);
}

static void disarm(void) {
  if (!restore.armed) return;
  restore.armed = 0;
  for (int i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i], &fatal_before[i], NULL);
}

// MARK: - Signals that the loop hears of

static const int heard[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT, SIGPIPE};
enum { HEARD_COUNT = sizeof heard / sizeof heard[0] };
static struct sigaction heard_before[HEARD_COUNT];
static volatile sig_atomic_t heard_descriptor = -1;

static void on_heard(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  if (write(heard_descriptor, &byte, 1) < 0) {
    // The pipe is full: the loop is about to wake anyway.
  }
  errno = saved;
}

int emus_pipe(int *ends) { return pipe2(ends, O_NONBLOCK | O_CLOEXEC); }

void emus_signals_to(int descriptor) {
  heard_descriptor = descriptor;
  // For a stack overflow of this thread; others end without their handler.
  static char stack[64 * 1024];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  for (int i = 0; i < HEARD_COUNT; i++) {
    struct sigaction action = {.sa_handler = on_heard, .sa_flags = SA_RESTART};
    if (heard[i] == SIGPIPE) action.sa_handler = SIG_IGN;
    sigemptyset(&action.sa_mask);
    sigaction(heard[i], &action, &heard_before[i]);
  }
}

void emus_signals_restore(void) {
  for (int i = 0; i < HEARD_COUNT; i++) sigaction(heard[i], &heard_before[i], NULL);
}

void emus_stop_here(void) {
  struct sigaction ours;
  struct sigaction stop = {.sa_handler = SIG_DFL};
  sigemptyset(&stop.sa_mask);
  sigaction(SIGTSTP, &stop, &ours);
  // A thread that Dispatch made may block the signal: then raising it would only leave it pending.
  sigset_t only, before;
  sigemptyset(&only);
  sigaddset(&only, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &only, &before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(SIGTSTP, &ours, NULL);
}

// MARK: - The screen

static SCREEN *screen;
/// Keys are read through a pad: reading from a window would show its half-drawn state.
static WINDOW *input;
static bool is_ansi;
static int cursor_shown = -1;

static void show_cursor(int shown) {
  if (cursor_shown != shown) curs_set(shown);
  cursor_shown = shown;
}

/// cbreak keeps Ctrl-C, Ctrl-Z and Ctrl-\ as signals; Ctrl-S, Ctrl-Q, Ctrl-V and Ctrl-O become keys.
static void set_modes(void) {
  cbreak();
  noecho();
  nonl();
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) == 0) {
    modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
    modes.c_lflag &= ~(tcflag_t)IEXTEN;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
  }
  def_prog_mode();
}

emus_open_status emus_curses_open(int escape_delay_ms) {
  if (tcgetattr(STDIN_FILENO, &restore.modes) != 0) return EMUS_UNKNOWN_TERMINAL;
  int error = 0;
  if (setupterm(NULL, STDOUT_FILENO, &error) != OK) return EMUS_UNKNOWN_TERMINAL;
  char *address = tigetstr("cup");
  bool moves = address != NULL && address != (char *)-1;
  is_ansi = moves && strncmp(address, "\033[", 2) == 0;
  del_curterm(cur_term);
  if (!moves) return EMUS_NO_CURSOR_ADDRESS;

  screen = newterm(NULL, stdout, stdin);
  if (screen == NULL) return EMUS_UNKNOWN_TERMINAL;
  restore.count = 0;
  if (is_ansi) for (const char *end = "\033[?2026l"; *end; end++) collect(*end);
  static const char *const capabilities[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
  for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++) {
    collect_capability(capabilities[i]);
  }
  arm();
  set_modes();
  set_escdelay(escape_delay_ms);
  input = newpad(1, 1);
  keypad(input, TRUE);
  nodelay(input, TRUE);
  scrollok(stdscr, FALSE);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  cursor_shown = -1;
  show_cursor(0);
  return EMUS_OPENED;
}

void emus_curses_close(void) {
  if (screen == NULL) return;
  show_cursor(1);
  endwin();
  disarm();
  tcsetattr(STDIN_FILENO, TCSADRAIN, &restore.modes);
  delwin(input);
  delscreen(screen);
  input = NULL;
  screen = NULL;
}

void emus_curses_suspend(void) {
  show_cursor(1);
  endwin();
}

void emus_curses_resume(void) {
  reset_prog_mode();
  cursor_shown = -1;
  show_cursor(0);
  emus_forget();
}

emus_input_kind emus_read_key(uint32_t *value) {
  wint_t key = 0;
  int result = wget_wch(input, &key);
  *value = (uint32_t)key;
  if (result == ERR) return EMUS_NOTHING;
  return result == KEY_CODE_YES ? EMUS_KEY_CODE : EMUS_CHARACTER;
}

int emus_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

/// A frame is marked as a synchronised update (DEC private mode 2026), so that terminals that know
/// it never show half of one; the others ignore the mode.
void emus_show(int column, int row) {
  static const char begin[] = "\033[?2026h", end[] = "\033[?2026l";
  if (column >= 0) wmove(stdscr, row, column);
  // ncurses writes to the descriptor itself and leaves nothing behind in stdio's buffer.
  if (is_ansi) write_all(begin, sizeof begin - 1);
  show_cursor(column >= 0);
  wrefresh(stdscr);
  if (is_ansi) write_all(end, sizeof end - 1);
}

// NB: term.h makes a macro of the word "columns".
void emus_size(int *across, int *down) {
  struct winsize size;
  bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0;
  *across = known ? size.ws_col : COLS;
  *down = known ? size.ws_row : LINES;
}

/// The locale's name that the environment gives for the character type.
static const char *wanted_locale(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    const char *value = getenv(names[i]);
    if (value != NULL && *value != '\0') return value;
  }
  return "";
}

bool emus_use_locale(void) {
  if (setlocale(LC_CTYPE, "") != NULL) {
    const char *codeset = nl_langinfo(CODESET);
    if (strcmp(codeset, "UTF-8") == 0) return true;
    // The C locale says nothing about the terminal, an 8-bit one says that it shows no UTF-8.
    if (strcmp(codeset, "ANSI_X3.4-1968") != 0) return false;
  } else {
    // Not installed here; its name tells nevertheless.
    const char *codeset = strchr(wanted_locale(), '.');
    if (codeset != NULL && strncasecmp(codeset, ".utf", 4) != 0) return false;
  }
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}
