import Foundation
import Support
import Testing

/// Go's encoding/json ignores case, and so reads `EXP` into the field of `exp`.
@Suite(.tags(.otherPrograms), .long) struct FoldingTests {
    private static let reserved = ["iss", "sub", "aud", "iat", "nbf", "exp"]

    /// Characters that fold to the letters of the reserved names, or only look like them.
    private static let others: [Character: [String]] = [
        "s": ["S", "\u{17f}", "\u{455}", "ß"], "i": ["I", "\u{130}", "\u{131}", "\u{456}"],
        "a": ["A", "\u{430}", "ª", "á"], "e": ["E", "\u{435}"], "x": ["X", "\u{445}"],
        "p": ["P", "\u{440}"],
    ]

    /// Every name that has other characters in up to three places.
    private static func variants(of name: String) -> [String] {
        name.reduce([""]) { beginnings, letter in
            let letters = [String(letter)] + (others[letter] ?? [letter.uppercased()])
            return beginnings.flatMap { beginning in letters.map { beginning + $0 } }
        }
    }

    /// A payload with this member, whose value is one that the claim could have.
    private static func payload(_ name: String, as claim: String) -> String {
        let value = ["iss", "sub"].contains(claim) ? #""x""# : claim == "aud" ? #"["x"]"# : "7"
        return #"{"\#(name)":\#(value)}"#
    }

    @Test func `what Go would read as a registered claim is refused, and nothing else`()
        async throws
    {
        let bench = try Workbench()
        let payloads = Self.reserved.flatMap { claim in
            Self.variants(of: claim).map { Self.payload($0, as: claim) }
        }
        try #require(payloads.count > 200)
        try bench.write(payloads.joined(separator: "\n") + "\n", to: "payloads")
        let program = "\(Workbench.repository)/Tests/InteropTests/fold.go"
        let go = try await bench.shell(
            "GOCACHE=$PWD/.cache GOPATH=$PWD/.go go run \(program) <payloads")
        try #require(go.status == 0, "\(go.errors)")
        let isIgnoredByGo = go.output.split(separator: "\n").map { $0 == "true" }
        try #require(isIgnoredByGo.count == payloads.count)

        let requests = payloads.enumerated().map { index, payload in
            #"{"name":"\#(index)","customer":"a","payload":\#(payload)}"#
        }
        for (index, request) in requests.enumerated() {
            try bench.write(request, to: "\(index).json")
        }
        let check = try await bench.run(
            Workbench.binary, ["check", "--json"] + requests.indices.map { "\($0).json" }
        ).json()
        for (index, verdict) in check.elements.enumerated() {
            #expect(verdict["valid"].bool == isIgnoredByGo[index], "\(payloads[index])")
        }
        #expect(check.elements.count == payloads.count)
        #expect(isIgnoredByGo.contains(true) && isIgnoredByGo.contains(false))
    }
}
