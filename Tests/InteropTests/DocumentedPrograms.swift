import Foundation
import Support
import Testing

/// The programs of a page in docs/, by file name: blocks whose first line names one.
struct DocumentedPrograms {
    let texts: [String: String]

    init(of name: String) throws {
        let page = try String(
            contentsOfFile: "\(Workbench.repository)/docs/\(name)", encoding: .utf8)
        var texts: [String: String] = [:]
        var name: String?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if let current = name {
                if line == "```" {
                    name = nil
                } else {
                    texts[current, default: ""] += line + "\n"
                }
            } else if line.hasPrefix("```") {
                name = line.split(separator: " ").dropFirst().first.map(String.init)
            }
        }
        self.texts = texts
    }

    /// Runs a block of shell commands with both programs on the PATH.
    func run(_ name: String, in bench: Workbench) async throws -> Workbench.Answer {
        let text = try #require(texts[name], "there is no \(name)")
        let programs = "\(bench.path)/.programs"
        _ = try await bench.shell(
            """
            mkdir -p .programs && ln -sf '\(Workbench.binary)' .programs/coldmint &&
                ln -sf '\(Workbench.verifier)' .programs/coldmint-verify
            """)
        return try await bench.run(
            "/bin/bash", ["-euc", text], environment: ["PATH": "\(programs):/usr/bin:/bin"])
    }

    /// Puts them all into the folder.
    func write(to bench: Workbench) throws {
        for (name, text) in texts { try bench.write(text, to: name) }
    }
}

/// How a program of the page is run with the packages of Debian.
struct Verifier: Sendable, CustomTestStringConvertible {
    let program: String
    let command: String
    /// What has to be there besides the program.
    var preparation = "true"

    var testDescription: String { program }

    private static let jose =
        "mkdir -p node_modules && ln -sfn /usr/share/nodejs/jose node_modules/jose"

    /// Go's library comes from Debian's folder instead of the network.
    static func goModule(of program: String) -> String {
        """
        printf '%s\\n' 'module verify' 'go 1.19' \
            'require github.com/golang-jwt/jwt/v4 v4.4.3' \
            'replace github.com/golang-jwt/jwt/v4 => /usr/share/gocode/src/github.com/golang-jwt/jwt' \
            >go.mod &&
        export GOCACHE=$PWD/.cache GOPATH=$PWD/.go GOFLAGS=-mod=mod GOPROXY=off &&
        go build -o \(program)-go \(program).go
        """
    }

    /// Built where a second run finds it; the page's path stands for this repository.
    private static let swiftPackage = """
        sed -i 's#"../coldmint"#"\(Workbench.repository)"#; s#package: "coldmint"#package: "'$(basename \
        \(Workbench.repository))'"#' Package.swift &&
        swift build --quiet --scratch-path \(Workbench.repository)/.build-verify &&
        cp "$(swift build --scratch-path \(Workbench.repository)/.build-verify --show-bin-path)/verify" .
        """

    static let all = [
        Verifier(program: "verify.mjs", command: "node verify.mjs", preparation: jose),
        Verifier(program: "verify-jwks.mjs", command: "node verify-jwks.mjs", preparation: jose),
        Verifier(program: "verify.py", command: "/usr/bin/python3 verify.py"),
        Verifier(program: "verify.go", command: "./verify-go", preparation: goModule(of: "verify")),
        Verifier(program: "verify.rb", command: "/usr/bin/ruby verify.rb"),
        Verifier(program: "verify.pl", command: "/usr/bin/perl verify.pl"),
        Verifier(program: "verify.sh", command: "sh verify.sh"),
        Verifier(program: "main.swift", command: "./verify", preparation: swiftPackage),
    ]
}
