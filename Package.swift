// swift-tools-version: 6.2
// The map of Linli. Read it from the top: each layer may import the layers above it and nothing else
// (Tests/ArchitectureTests holds this; docs/architecture.md draws it).

import PackageDescription

let package = Package(
    name: "linli",
    defaultLocalization: "zh-Hans",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "linli", targets: ["linli"]),
        // The parts, for Benchmarks/ to measure from outside.
        .library(
            name: "LinliParts",
            targets: [
                "App", "Areas", "Casework", "Domain", "Files", "Identity", "Storage", "StoragePostgres",
                "StorageSQLite",
                "Vault", "Web",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV.git", from: "0.10.0"),
    ],
    targets: [
        // MARK: Foundations — no words of any one module

        // Values of the field: ids, time, codes, masking, rights.
        .target(name: "Domain", path: "Sources/Foundations/Domain"),
        // The storage seam: SQL as a value, transactions, migrations, outbox, jobs.
        .target(
            name: "Storage",
            dependencies: ["Domain", .product(name: "Logging", package: "swift-log")],
            path: "Sources/Foundations/Storage"
        ),
        // Embedded engine (default): SQLite with group commit, on GRDB.
        .target(
            name: "StorageSQLite",
            dependencies: [
                "Domain", "Storage",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            path: "Sources/Foundations/StorageSQLite"
        ),
        // PostgreSQL's client library.
        .systemLibrary(
            name: "CLibpq", path: "Sources/Foundations/CLibpq", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]),
        // Server engine: PostgreSQL with pipelining, on libpq.
        .target(
            name: "StoragePostgres",
            dependencies: [
                "CLibpq", "Domain", "Storage",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Sources/Foundations/StoragePostgres"
        ),
        // Envelopes for sensitive values, keyed indexes, the key file.
        .target(
            name: "Vault",
            dependencies: ["Domain", .product(name: "Crypto", package: "swift-crypto")],
            path: "Sources/Foundations/Vault"
        ),
        // Endpoints, contexts, forms, HTML values, catalogues, errors, static files.
        .target(
            name: "Web",
            dependencies: [
                "Domain", "Storage",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Sources/Foundations/Web",
            resources: [.copy("Resources")]
        ),

        // MARK: Ground — what every module stands on

        // The manifest that a module fills in.
        .target(name: "Module", dependencies: ["Domain", "Storage", "Web"], path: "Sources/Ground/Module"),
        // The area tree: district → street → community → grid.
        .target(
            name: "Areas",
            dependencies: [
                "Domain", "Module", "Storage", "Web",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ],
            path: "Sources/Ground/Areas",
            resources: [.copy("Resources")]
        ),
        // Argon2, the password hash.
        .systemLibrary(
            name: "CArgon2", path: "Sources/Ground/CArgon2", pkgConfig: "libargon2",
            providers: [.apt(["libargon2-dev"])]),
        // Organisations, accounts, roles, sessions, the audit trail.
        .target(
            name: "Identity",
            dependencies: [
                "Areas", "CArgon2", "Domain", "Module", "Storage", "Web",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Sources/Ground/Identity",
            resources: [.copy("Resources")]
        ),

        // libvips, which decodes and writes pictures.
        .systemLibrary(
            name: "CVips", path: "Sources/Ground/CVips", pkgConfig: "vips",
            providers: [.apt(["libvips-dev"])]),
        // Photos and documents: read as strangers' files, kept by their digests, given out by right.
        .target(
            name: "Files",
            dependencies: [
                "CVips", "Domain", "Module", "Storage", "Vault", "Web",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Sources/Ground/Files",
            resources: [.copy("Resources")]
        ),

        // MARK: Modules — one domain each; they never import one another

        // Reports, cases and tasks: every report is handled to the end.
        .target(
            name: "Casework",
            dependencies: [
                "Areas", "Domain", "Files", "Identity", "Module", "Storage", "Vault", "Web",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ],
            path: "Sources/Modules/Casework",
            resources: [.copy("Resources")]
        ),

        // MARK: App — the composition root

        // The list of modules, the services, the wiring, the commands of `linli`.
        .target(
            name: "App",
            dependencies: [
                "Areas", "Casework", "Domain", "Files", "Identity", "Module", "Storage", "StoragePostgres",
                "StorageSQLite",
                "Vault", "Web",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Sources/App",
            resources: [.copy("Resources")]
        ),
        .executableTarget(name: "linli", dependencies: ["App"], path: "Sources/linli"),

        // MARK: Tests

        // Reads the sources as text; stands on nothing.
        .testTarget(name: "ArchitectureTests"),
        // Processor time for tests that hold a cost.
        .target(name: "Stopwatch", path: "Tests/Stopwatch"),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "Stopwatch"]),
        .testTarget(name: "CaseworkTests", dependencies: ["Casework", "Domain", "Stopwatch"]),
        .testTarget(name: "VaultTests", dependencies: ["Domain", "Vault"]),
        // The whole system on either engine, through its router: paths, rights, lists, secrets, texts.
        .testTarget(
            name: "AppTests",
            dependencies: [
                "App", "Areas", "Casework", "Domain", "Files", "Identity", "Module", "PictureSamples", "Storage",
                "StorageTestSupport", "Vault", "Web",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        // New databases of either engine for every test that stores.
        .target(
            name: "StorageTestSupport",
            dependencies: [
                "Domain", "Storage", "StoragePostgres", "StorageSQLite",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/StorageTestSupport"
        ),
        // Runs under strace to show what is on the disk when a write is answered.
        .executableTarget(
            name: "DurabilityProbe", dependencies: ["Storage", "StorageSQLite"], path: "Tests/DurabilityProbe"),
        .testTarget(
            name: "AreasTests",
            dependencies: ["Areas", "Domain", "Module", "Storage", "StorageTestSupport", "Web"]),
        .testTarget(
            name: "IdentityTests",
            dependencies: [
                "Areas", "Domain", "Identity", "Module", "Storage", "StorageSQLite", "StorageTestSupport", "Web",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        // Photos made by code, good and bad, through every door.
        .testTarget(
            name: "FilesTests",
            dependencies: [
                "Domain", "Files", "Module", "PictureSamples", "Storage", "StorageTestSupport", "Vault", "Web",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
        // Photos and other files made by code.
        .target(name: "PictureSamples", dependencies: ["CVips", "Files"], path: "Tests/PictureSamples"),
        // The contract that both engines keep.
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Domain", "DurabilityProbe", "Storage", "StoragePostgres", "StorageSQLite", "StorageTestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/StorageTests"
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Domain", "Stopwatch", "Storage", "StorageTestSupport", "Web",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// The same compiler for every target. In CI a warning is an error.
for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings += [
        .enableUpcomingFeature("ExistentialAny"),  // SE-0335
        .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
        .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    ]
    if Context.environment["CI"] != nil {
        settings.append(.treatAllWarnings(as: .error))  // SE-0480
    }
    target.swiftSettings = settings
}
