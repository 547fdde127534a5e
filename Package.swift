// swift-tools-version: 6.2
import PackageDescription

/// Layers are targets, so that the compiler refuses what the architecture forbids:
/// pure targets know no C module, adapters know one foreign library each, and only
/// the two programs know the adapters.
let package = Package(
  name: "emus",
  products: [
    .executable(name: "emus", targets: ["emus"]),
    .executable(name: "emus-eye", targets: ["emus-eye"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    // The pure core.
    .target(name: "Perception", swiftSettings: pure),
    .target(name: "Music", swiftSettings: pure),
    .target(name: "Taste", dependencies: ["Perception", "Music"], swiftSettings: pure),
    .target(name: "Screen", swiftSettings: pure),
    .target(
      name: "Session", dependencies: ["Perception", "Music", "Taste", "Screen"],
      swiftSettings: pure),

    // What several adapters need of the system: files whose paths it does not take whole.
    .target(name: "CPaths"),

    // Adapters: one foreign library each.
    .target(
      name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(
      name: "TerminalNcurses", dependencies: ["Screen", "CNcurses"], swiftSettings: adapter),
    .target(
      name: "StoreSQLite",
      dependencies: [
        "Perception", "Music", "Taste", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: adapter),
    .target(
      name: "CTagLib", dependencies: ["CPaths"],
      cxxSettings: [.unsafeFlags(["-I/usr/include/taglib"])],
      linkerSettings: [.linkedLibrary("tag")]),
    .target(
      name: "LibraryFiles", dependencies: ["Music", "CTagLib", "CPaths"], swiftSettings: adapter),
    .target(name: "CMpv", dependencies: ["CPaths"], linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "PlaybackMpv", dependencies: ["Music", "CMpv", "CPaths"], swiftSettings: adapter),
    .target(name: "WatcherProcess", dependencies: ["Perception"], swiftSettings: adapter),
    .target(
      name: "COpenCV",
      cxxSettings: [
        .unsafeFlags([
          "-I/usr/include/opencv4", "-I/usr/include/chafa",
          "-I/usr/lib/\(machine)/chafa/include", "-I/usr/include/glib-2.0",
          "-I/usr/lib/\(machine)/glib-2.0/include",
        ])
      ],
      linkerSettings: [
        .linkedLibrary("opencv_core"), .linkedLibrary("opencv_imgproc"),
        .linkedLibrary("opencv_objdetect"), .linkedLibrary("opencv_dnn"),
        .linkedLibrary("opencv_face"), .linkedLibrary("chafa"), .linkedLibrary("jpeg"),
        .linkedLibrary("png"),
      ]),
    .target(name: "VisionOpenCV", dependencies: ["Perception", "COpenCV"], swiftSettings: adapter),

    // The programs.
    .executableTarget(
      name: "emus",
      dependencies: [
        "Session", "TerminalNcurses", "StoreSQLite", "LibraryFiles", "PlaybackMpv",
        "WatcherProcess", "Perception", "Music", "Taste", "Screen",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: adapter),
    .executableTarget(
      name: "emus-eye", dependencies: ["VisionOpenCV", "Perception"], swiftSettings: adapter),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Session", "Screen", "Taste", "Music", "Perception", "StoreSQLite", "WatcherProcess",
        "VisionOpenCV", "COpenCV", "GeneratedLibrary",
      ],
      path: "Tests/Benchmarks", swiftSettings: adapter),

    // Tests, one target per target, and what several of them use.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: adapter),
    .testTarget(
      name: "PerceptionTests",
      dependencies: ["Perception", "TestSupport"],
      swiftSettings: adapter),
    .testTarget(
      name: "MusicTests",
      dependencies: ["Music", "TestSupport"],
      swiftSettings: adapter),
    .testTarget(
      name: "TasteTests",
      dependencies: ["Taste", "Music", "Perception", "TestSupport"],
      swiftSettings: adapter),
    .testTarget(
      name: "ScreenTests",
      dependencies: ["Screen", "TestSupport"],
      swiftSettings: adapter),
    .testTarget(
      name: "SessionTests",
      dependencies: ["Session", "Screen", "Music", "Perception", "Taste"],
      exclude: ["Snapshots"],
      swiftSettings: adapter),
    .testTarget(
      name: "TerminalNcursesTests",
      dependencies: ["TerminalNcurses", "CNcurses", "Screen", "TestSupport"],
      swiftSettings: adapter),
    .testTarget(
      name: "StoreSQLiteTests",
      dependencies: [
        "StoreSQLite", "Perception", "Music", "Taste", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: adapter),
    .target(
      name: "GeneratedLibrary", path: "Tests/GeneratedLibrary", swiftSettings: adapter),
    .executableTarget(
      name: "TagWorkerFixture", dependencies: ["LibraryFiles", "Music"],
      path: "Tests/TagWorkerFixture", swiftSettings: adapter),
    .testTarget(
      name: "LibraryFilesTests",
      dependencies: [
        "LibraryFiles", "Music", "TagWorkerFixture", "GeneratedLibrary", "TestSupport",
      ],
      swiftSettings: adapter),
    .testTarget(
      name: "PlaybackMpvTests",
      dependencies: ["PlaybackMpv", "Music", "TestSupport"],
      swiftSettings: adapter),
    .testTarget(
      name: "WatcherProcessTests",
      dependencies: ["WatcherProcess", "Perception", "TestSupport"],
      swiftSettings: adapter),
    .testTarget(
      name: "VisionOpenCVTests",
      dependencies: ["VisionOpenCV", "COpenCV", "Perception", "emus-eye", "TestSupport"],
      swiftSettings: adapter),
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "emus", "emus-eye", "Perception", "GeneratedLibrary", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: adapter),
  ],
  cxxLanguageStandard: .cxx17
)

/// Debian's name for this machine, part of the paths of some headers.
var machine: String {
  #if arch(arm64)
    "aarch64-linux-gnu"
  #else
    "x86_64-linux-gnu"
  #endif
}

/// Settings of a target that holds no unsafe code and no C module.
var pure: [SwiftSetting] { adapter + [.strictMemorySafety()] }

/// Settings of every target: Swift 6 mode, and a warning stops the build.
var adapter: [SwiftSetting] {
  [.treatAllWarnings(as: .error), .enableUpcomingFeature("MemberImportVisibility")]
}
