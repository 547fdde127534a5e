/// A number with the noun that it counts, for reports: "1 song", "12 songs".
///
/// `noun` takes an s as its plural; a noun that does not has to be said in another way.
package func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
