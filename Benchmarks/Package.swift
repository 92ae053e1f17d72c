// swift-tools-version: 6.2
import PackageDescription

// The modules are linked from the package around this one, so that what is measured need not be
// public there.
func module(
    _ name: String, uses dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Linked/\(name)", resources: resources,
        swiftSettings: [
            .swiftLanguageMode(.v6), .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        ])
}

let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CSodium", path: "Linked/CSodium", pkgConfig: "libsodium"),
        .systemLibrary(name: "CNettle", path: "Linked/CNettle", pkgConfig: "nettle"),
        .systemLibrary(name: "CArchive", path: "Linked/CArchive", pkgConfig: "libarchive"),
        module("PlainText"),
        module("StrictJSON", uses: ["PlainText"]),
        module("CalendarTime"),
        module("Slugs"),
        module("Tar"),
        module("Signatures", uses: ["CNettle", "CSodium", "PlainText"]),
        module("TransparencyLog", uses: ["PlainText", "Signatures"]),
        module("LicenseToken", uses: ["CalendarTime", "Signatures", "StrictJSON"]),
        module(
            "Bundles",
            uses: [
                "CArchive", "LicenseToken", "CalendarTime", "PlainText", "Signatures",
                "StrictJSON", "Tar",
            ],
            resources: [
                "README.txt.mustache", "index.html.mustache", "index.css", "script/texts.js",
                "script/dates.js", "script/terms.js", "script/signatures.js", "script/claims.js",
                "script/contact.js", "script/tokens.js", "script/cards.js", "script/list.js",
                "script/keys.js", "script/printing.js", "script/page.js", "languages/en.json",
                "languages/de.json", "languages/fr.json", "languages/es.json", "languages/ja.json",
                "license.env.mustache", "kubernetes-secret.yaml.mustache",
                "helm-values.yaml.mustache",
            ].map { .embedInCode("Templates/\($0)") }),
        module("Signing", uses: ["CSodium", "Signatures"]),
        module("TokenSigning", uses: ["LicenseToken", "Signatures", "Signing"]),
        module(
            "Bundling",
            uses: [
                "Bundles", "CalendarTime", "LicenseToken", "PlainText", "Signatures", "Signing",
                "Slugs", "Tar",
            ]),
        .executableTarget(
            name: "Microbenchmarks",
            dependencies: [
                "Bundles", "Bundling", "LicenseToken", "CalendarTime", "Signatures", "Signing",
                "StrictJSON", "TokenSigning",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Microbenchmarks", swiftSettings: [.swiftLanguageMode(.v6)],
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
)
