#pragma once

#include <mpv/client.h>
#include <mpv/stream_cb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// libmpv, opened at run time: the functions that are used, and nothing linked. Loading it costs
/// about 0.1 s, so it happens after the first paint, and a machine without it still has a player
/// that can say what to install.
///
/// Only the types come from <mpv/client.h> and <mpv/stream_cb.h>; their functions are never called
/// by name.
typedef struct EmusMpv {
  mpv_handle *_Nullable (*_Nonnull create)(void);
  int (*_Nonnull initialize)(mpv_handle *_Nonnull);
  void (*_Nonnull terminate_destroy)(mpv_handle *_Nonnull);
  const char *_Nonnull (*_Nonnull error_string)(int);
  int (*_Nonnull set_option_string)(mpv_handle *_Nonnull, const char *_Nonnull, const char *_Nonnull);
  int (*_Nonnull set_property_async)(
      mpv_handle *_Nonnull, uint64_t, const char *_Nonnull, mpv_format, void *_Nonnull);
  int (*_Nonnull observe_property)(mpv_handle *_Nonnull, uint64_t, const char *_Nonnull, mpv_format);
  int (*_Nonnull command_async)(mpv_handle *_Nonnull, uint64_t, const char *_Nullable *_Nonnull);
  int (*_Nonnull command_node_async)(mpv_handle *_Nonnull, uint64_t, mpv_node *_Nonnull);
  mpv_event *_Nonnull (*_Nonnull wait_event)(mpv_handle *_Nonnull, double);
  void (*_Nonnull set_wakeup_callback)(
      mpv_handle *_Nonnull, void (*_Nullable)(void *_Nullable), void *_Nullable);
  int (*_Nonnull stream_cb_add_ro)(
      mpv_handle *_Nonnull, const char *_Nonnull, void *_Nullable,
      mpv_stream_cb_open_ro_fn _Nonnull);
} EmusMpv;

/// Opens libmpv by the name of its file ("libmpv.so.2"); it is never closed again. Takes tens of
/// milliseconds the first time. Returns NULL where it cannot be opened; `reason` then has one line.
const EmusMpv *_Nullable emus_mpv_open(
    const char *_Nonnull name, char *_Nonnull reason, size_t size);

/// Has the allocator give back what is not used, at some cost of time: two arenas in place of eight
/// a core, and pieces from 128 KiB on straight from the system. For the whole process, from then on.
void emus_mpv_spare_memory(void);

/// Sends `loadfile` with named arguments: by place they differ between versions of mpv (0.38 put an
/// index before the options). `start` and `end` are seconds as text, or NULL. The strings are
/// copied by mpv. Returns an error code of mpv's.
int emus_mpv_load(
    const EmusMpv *_Nonnull api, mpv_handle *_Nonnull handle, uint64_t request,
    const char *_Nonnull path, const char *_Nonnull flags, const char *_Nullable start,
    const char *_Nullable end);

/// Of the address by which an instance opens an absolute path that the system does not take whole:
/// the scheme, "://", and the path as it is.
#define EMUS_MPV_SCHEME "emusfile"

/// Has an instance read files by such addresses. They are opened when mpv opens them, by their path
/// and for reading only, and closed with the song: one that is taken back before it plays holds
/// nothing open. Returns an error code of mpv's.
int emus_mpv_open_long_paths(const EmusMpv *_Nonnull api, mpv_handle *_Nonnull handle);

/// The number of the playlist's entry that a reply to `loadfile` names, or -1.
int64_t emus_mpv_entry_of_reply(const mpv_event *_Nonnull event);

/// What one thread waits on and any other may ring: an eventfd(2), its number. -1 where the system
/// gives none; errno says why.
int emus_bell_open(void);

/// Ends the present wait, or the next one where nobody waits.
void emus_bell_ring(int bell);

/// Waits until it is rung, and forgets how often it was.
void emus_bell_wait(int bell);

/// Has an instance ring whenever it may have events, from threads of its own, until it is
/// destroyed. Whoever waits asks for events until there are none before waiting again.
void emus_mpv_ring(const EmusMpv *_Nonnull api, mpv_handle *_Nonnull handle, int bell);
