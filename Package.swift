// swift-tools-version: 6.2
import PackageDescription

// The file of libFuzzer's library, where scripts/fuzz builds the readers of foreign input for it.
let libFuzzer = Context.environment["COLDMINT_LIBFUZZER"]

// Whether coldmint-verify is linked as one file that needs no library, which scripts/build-verify does.
let staticLinking: [LinkerSetting] =
    Context.environment["COLDMINT_STATIC"] == nil
    ? [] : [.unsafeFlags(["-static-executable"])]

let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (libFuzzer != nil ? [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])] : [])

func module(
    _ name: String, uses dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(of name: String, uses dependencies: [Target.Dependency] = [], data: [String] = [])
    -> Target
{
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name)] + dependencies,
        resources: data.map { .copy($0) }, swiftSettings: strict)
}

let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "coldmint",
    products: [
        .executable(name: "coldmint", targets: ["coldmint"]),
        .executable(name: "coldmint-verify", targets: ["coldmint-verify"]),
        .library(name: "LicenseToken", targets: ["LicenseToken"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),

        module("PlainText"),
        module("StrictJSON", uses: ["PlainText"]),
        module("PayloadSchema", uses: ["PlainText", "StrictJSON"]),
        module("CalendarTime"),
        module("Slugs"),
        module("Tables"),
        module("Tar"),
        module("Signatures", uses: ["CNettle", "CSodium", "PlainText"]),
        module("TransparencyLog", uses: ["PlainText", "Signatures"]),
        module("SSHSignatures", uses: ["CalendarTime", "PlainText", "Signatures"]),
        module("LicenseToken", uses: ["CalendarTime", "PlainText", "Signatures", "StrictJSON"]),
        module(
            "LicenseRequest",
            uses: [
                "LicenseToken", "CalendarTime", "PayloadSchema", "PlainText", "Signatures", "Slugs",
                "StrictJSON",
            ]),
        module(
            "RequestTables",
            uses: [
                "CalendarTime", "LicenseRequest", "PayloadSchema", "PlainText", "StrictJSON",
                "Tables",
            ]),
        module(
            "Bundles",
            uses: [
                "CArchive", "LicenseToken", "CalendarTime", "PlainText", "SSHSignatures",
                "Signatures", "StrictJSON", "Tar", "TransparencyLog",
            ],
            resources: [
                "README.txt.mustache", "index.html.mustache", "index.css", "script/texts.js",
                "script/dates.js", "script/terms.js", "script/signatures.js", "script/claims.js",
                "script/contact.js", "script/tokens.js", "script/cards.js", "script/list.js",
                "script/keys.js", "script/printing.js", "script/page.js", "languages/en.json",
                "languages/de.json", "languages/fr.json", "languages/es.json", "languages/ja.json",
                "license.env.mustache", "kubernetes-secret.yaml.mustache",
                "helm-values.yaml.mustache", "first-kubernetes-secret.yaml.mustache",
            ].map { .embedInCode("Templates/\($0)") }),
        module("DurableFiles", uses: ["CLinux", system]),
        module("Failures", uses: ["DurableFiles"]),
        module("Console", uses: ["Failures", "StrictJSON", system]),
        module(
            "Verification",
            uses: [
                "Bundles", "CalendarTime", "Console", "DurableFiles", "Failures", "LicenseToken",
                "Signatures", "StrictJSON", "TransparencyLog", arguments, system,
            ]),
        module("Signing", uses: ["CSodium", "Signatures"]),
        module(
            "Cosigning",
            uses: [
                "CalendarTime", "Console", "DurableFiles", "Failures", "PlainText", "Signatures",
                "Signing", "TransparencyLog", arguments, system,
            ]),
        .executableTarget(
            name: "coldmint-verify",
            dependencies: [
                "Console", "Cosigning", "Failures", "Verification", arguments,
            ],
            swiftSettings: strict, linkerSettings: staticLinking),
        module("TokenSigning", uses: ["LicenseToken", "Signatures", "Signing"]),
        module(
            "Bundling",
            uses: [
                "Bundles", "CalendarTime", "LicenseToken", "PlainText", "SSHSignatures",
                "Signatures", "Signing", "Slugs", "Tar",
            ]),
        module(
            "Ledger",
            uses: [
                "Bundles", "CalendarTime", "LicenseToken", "Signatures", "StrictJSON",
                "TransparencyLog",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        module("Spool", uses: ["DurableFiles", system]),
        module(
            "Station",
            uses: [
                "Bundles", "Bundling", "CalendarTime", "DurableFiles", "Failures", "Ledger",
                "LicenseRequest", "LicenseToken", "PlainText", "SSHSignatures", "Signatures",
                "Signing", "Spool", "StrictJSON", "Tar", "TokenSigning", "TransparencyLog",
                .product(name: "Yams", package: "Yams"), log, system,
            ],
            resources: [.embedInCode("Products/request.schema.json")]),
        .executableTarget(
            name: "coldmint",
            dependencies: [
                "CLinux", "CalendarTime", "Console", "Cosigning", "DurableFiles", "Failures",
                "LicenseRequest", "LicenseToken", "PlainText", "RequestTables", "Signing",
                "Station", "StrictJSON", "Tables", "TransparencyLog", "Verification", arguments,
                log, system,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        tests(of: "StrictJSON", uses: ["Support"]),
        tests(of: "PayloadSchema", uses: ["StrictJSON"]),
        tests(of: "CalendarTime"),
        tests(of: "PlainText"),
        tests(of: "Tables"),
        tests(of: "RequestTables", uses: ["CalendarTime", "LicenseRequest", "StrictJSON"]),
        tests(of: "Tar"),
        tests(of: "Slugs"),
        tests(of: "Signatures"),
        tests(
            of: "SSHSignatures", uses: ["CalendarTime", "PlainText", "Signatures", "Signing"]),
        tests(
            of: "TransparencyLog", uses: ["Signatures", "Signing", "Support"], data: ["Vectors"]),
        tests(of: "Signing", uses: ["Signatures"], data: ["Golden"]),
        tests(
            of: "LicenseToken",
            uses: ["CalendarTime", "Signatures", "Signing", "StrictJSON", "TokenSigning"],
            data: ["Golden"]),
        tests(
            of: "LicenseRequest",
            uses: ["LicenseToken", "CalendarTime", "Signatures", "StrictJSON"]),
        tests(of: "Bundles"),
        tests(
            of: "Bundling",
            uses: [
                "Bundles", "CalendarTime", "Console", "Failures", "LicenseToken", "SSHSignatures",
                "Signatures", "Signing", "StrictJSON", "Support", "TokenSigning",
                "TransparencyLog", "Verification",
            ]),
        tests(
            of: "Ledger", uses: ["CalendarTime", "LicenseToken", "Signatures", "Support", system]),
        tests(
            of: "DurableFiles",
            uses: ["Support", .product(name: "Subprocess", package: "swift-subprocess"), system]),
        tests(of: "Console"),
        tests(of: "Spool", uses: ["DurableFiles", "Support", system]),
        tests(
            of: "Station",
            uses: [
                "Bundles", "DurableFiles", "Failures", "Ledger", "LicenseToken", "Signatures", log,
                system,
            ]),
        .target(
            name: "Support",
            dependencies: [.product(name: "Subprocess", package: "swift-subprocess"), system],
            path: "Tests/Support", swiftSettings: strict),
        .testTarget(
            name: "ColdmintTests",
            dependencies: [
                "LicenseRequest", "LicenseToken", "Station", "StrictJSON", "coldmint",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ScenarioTests",
            dependencies: ["LicenseRequest", "Support", "coldmint", "coldmint-verify"],
            exclude: ["CommandLine/Help", "Log/insider.py"], swiftSettings: strict),
        .testTarget(
            name: "ConventionTests",
            dependencies: ["Failures", "LicenseRequest", "Station", "Support", "coldmint"],
            swiftSettings: strict),
        .testTarget(
            name: "BrowserTests", dependencies: ["Support", "coldmint"],
            exclude: ["browse.py", "look.js"], swiftSettings: strict),
        .testTarget(
            name: "FaultTests", dependencies: ["Support", "coldmint"], swiftSettings: strict),
        .testTarget(
            name: "InteropTests",
            dependencies: [
                "Bundles", "CalendarTime", "PayloadSchema", "SSHSignatures", "Signatures",
                "Signing", "StrictJSON", "Support", "TransparencyLog", "coldmint",
            ],
            exclude: [
                "Log/each.py", "Log/make.go", "Requests", "SSH/security-key.c", "SSH/sshsig.py",
                "Schemas/validate.py", "Tables/tables.py", "Vectors", "cluster.py", "fold.go",
                "helm.py", "schema.py",
            ], swiftSettings: strict),
    ]
)

if let libFuzzer {
    package.targets += [
        .systemLibrary(name: "CFuzzer", path: "Fuzzing/CFuzzer"),
        .executableTarget(
            name: "Fuzzer",
            dependencies: [
                "Bundles", "Bundling", "CFuzzer", "CalendarTime", "LicenseRequest", "LicenseToken",
                "SSHSignatures", "Signatures", "Signing", "StrictJSON", "Tar", "TransparencyLog",
            ],
            path: "Fuzzing", exclude: ["CFuzzer", "Corpus"], swiftSettings: strict,
            linkerSettings: [.unsafeFlags([libFuzzer]), .linkedLibrary("stdc++")]),
    ]
}
