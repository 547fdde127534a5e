import CMpv

/// The C allocator that libmpv, its decoders and Swift share.
///
/// Left alone it gives each thread a heap of its own, and keeps what was once needed: choosing songs
/// and playing one then take half as much again as everything else. It decides nothing about what
/// is allocated.
package enum Allocator {
  /// To be said once, before there are threads.
  package static func spareMemory() { emus_mpv_spare_memory() }
}
