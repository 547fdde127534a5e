#define _GNU_SOURCE
#include "CMpv.h"

#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static EmusMpv table;
static bool is_filled;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool find(void *library, const char *name, void *target, char *reason, size_t size) {
  void *symbol = dlsym(library, name);
  if (!symbol) {
    snprintf(reason, size, "%s is missing in it", name);
    return false;
  }
  // POSIX lets dlsym give functions; ISO C has no cast for it.
  memcpy(target, &symbol, sizeof symbol);
  return true;
}

static bool fill(void *library, char *reason, size_t size) {
#define FIND(field) find(library, "mpv_" #field, &table.field, reason, size)
  return FIND(create) && FIND(initialize) && FIND(terminate_destroy) && FIND(error_string) &&
         FIND(set_option_string) && FIND(set_property_async) && FIND(observe_property) &&
         FIND(command_async) && FIND(command_node_async) && FIND(wait_event) &&
         FIND(set_wakeup_callback) && FIND(stream_cb_add_ro);
#undef FIND
}

const EmusMpv *emus_mpv_open(const char *name, char *reason, size_t size) {
  pthread_mutex_lock(&lock);
  void *library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
  if (!library) {
    const char *error = dlerror();
    snprintf(reason, size, "%s", error ? error : "it cannot be opened");
  } else if (!is_filled) {
    is_filled = fill(library, reason, size);
  }
  bool is_open = library && is_filled;
  pthread_mutex_unlock(&lock);
  return is_open ? &table : NULL;
}

void emus_mpv_spare_memory(void) {
  mallopt(M_ARENA_MAX, 2);
  // Said aloud, it no longer rises with the largest piece that was ever given back.
  mallopt(M_MMAP_THRESHOLD, 128 * 1024);
}

static mpv_node text(const char *value) {
  // mpv reads the string and copies it; the field is not const for want of another type.
  return (mpv_node){.u.string = (char *)value, .format = MPV_FORMAT_STRING};
}

int emus_mpv_load(
    const EmusMpv *api, mpv_handle *handle, uint64_t request, const char *path, const char *flags,
    const char *start, const char *end) {
  char *option_keys[2];
  mpv_node option_values[2];
  mpv_node_list options = {.num = 0, .values = option_values, .keys = option_keys};
  if (start) {
    option_keys[options.num] = "start";
    option_values[options.num++] = text(start);
  }
  if (end) {
    option_keys[options.num] = "end";
    option_values[options.num++] = text(end);
  }
  char *keys[] = {"name", "url", "flags", "options"};
  mpv_node values[] = {
      text("loadfile"), text(path), text(flags),
      {.u.list = &options, .format = MPV_FORMAT_NODE_MAP}};
  mpv_node_list list = {.num = options.num ? 4 : 3, .values = values, .keys = keys};
  mpv_node command = {.u.list = &list, .format = MPV_FORMAT_NODE_MAP};
  return api->command_node_async(handle, request, &command);
}

int64_t emus_mpv_entry_of_reply(const mpv_event *event) {
  const mpv_event_command *reply = event->data;
  if (event->event_id != MPV_EVENT_COMMAND_REPLY || !reply) return -1;
  if (reply->result.format != MPV_FORMAT_NODE_MAP) return -1;
  const mpv_node_list *list = reply->result.u.list;
  for (int i = 0; i < list->num; i++) {
    if (list->values[i].format == MPV_FORMAT_INT64 && !strcmp(list->keys[i], "playlist_entry_id"))
      return list->values[i].u.int64;
  }
  return -1;
}
