/// Pictures sorted into groups of faces that are alike, to tell whether they may show several
/// people.
///
/// Two pictures are in one group where the recogniser takes the face of one for that of the other,
/// or where others between them make a chain. It says nothing about whose faces they are.
package struct FaceGroups: Equatable, Sendable {
  /// The group of each picture, by its place.
  private var group: [Int]

  /// So many pictures, none of which is like another yet.
  package init(count: Int) { group = Array(0..<max(0, count)) }

  /// The faces of two pictures are alike; places that are not there are passed over.
  package mutating func join(_ first: Int, _ second: Int) {
    guard group.indices.contains(first), group.indices.contains(second) else { return }
    let (kept, gone) = (group[first], group[second])
    for index in group.indices where group[index] == gone { group[index] = kept }
  }

  /// The groups among some of the pictures, the largest first, equal ones by their first picture.
  package func among(_ places: Set<Int>) -> [[Int]] {
    let members = places.filter(group.indices.contains).sorted()
    return Dictionary(grouping: members) { group[$0] }.values
      .sorted { ($1.count, $0.first ?? 0) < ($0.count, $1.first ?? 0) }
  }
}
