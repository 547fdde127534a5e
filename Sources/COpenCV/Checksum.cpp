#include "Shim.hpp"

extern "C" emus_status emus_sha256(const uint8_t *bytes, size_t count, uint8_t *digest) {
  return emus::guarded([&] {
    using Sha256 = unsigned char *(*)(const unsigned char *, size_t, unsigned char *);
    static const auto sha256 =
        reinterpret_cast<Sha256>(emus::symbol("libcrypto.so.3", "SHA256"));
    if (!sha256(bytes, count, digest))
      return emus::fail(EMUS_FAILED, "no checksum can be made");
    return EMUS_OK;
  });
}
