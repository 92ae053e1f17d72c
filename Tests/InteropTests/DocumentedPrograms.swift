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
        for (name, text) in texts {
            let folder = (name as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(
                atPath: "\(bench.path)/\(folder)", withIntermediateDirectories: true)
            try bench.write(text, to: name)
        }
    }
}

/// Builds in Go with the packages of Debian.
enum GoModule {
    /// Go's library comes from Debian's folder instead of the network.
    static func build(_ program: String) -> String {
        """
        printf '%s\\n' 'module verify' 'go 1.19' \
            'require github.com/golang-jwt/jwt/v4 v4.4.3' \
            'replace github.com/golang-jwt/jwt/v4 => /usr/share/gocode/src/github.com/golang-jwt/jwt' \
            >go.mod &&
        export GOCACHE=$PWD/.cache GOPATH=$PWD/.go GOFLAGS=-mod=mod GOPROXY=off &&
        go build -o \(program)-go \(program).go
        """
    }
}
