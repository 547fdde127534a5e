#include "CMpv.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

int emus_bell_open(void) { return eventfd(0, EFD_CLOEXEC); }

void emus_bell_ring(int bell) {
  uint64_t one = 1;
  while (write(bell, &one, sizeof one) < 0 && errno == EINTR) continue;
}

void emus_bell_wait(int bell) {
  uint64_t rings;
  while (read(bell, &rings, sizeof rings) < 0 && errno == EINTR) continue;
}

static void ring(void *bell) { emus_bell_ring((int)(intptr_t)bell); }

void emus_mpv_ring(const EmusMpv *api, mpv_handle *handle, int bell) {
  api->set_wakeup_callback(handle, ring, (void *)(intptr_t)bell);
}
