import Foundation
import Support
import Testing

/// The article in the library's own documentation.
@Suite(.tags(.otherPrograms), .long) struct LibraryArticleTests {
    private static let article =
        "\(Workbench.repository)/Sources/LicenseToken/LicenseToken.docc/VerifyingALicense.md"

    @Test func `the program of the article accepts a license and says why it refuses one`()
        async throws
    {
        let tokens = try await DocumentedTokens.make()
        let bench = tokens.bench
        try DocumentedPrograms(of: "verify/swift.md").write(to: bench)
        let text = try String(contentsOfFile: Self.article, encoding: .utf8)
        let program = try #require(text.firstMatch(of: /(?s)```swift\n(.*?)```/)?.1)
        try bench.write(String(program), to: "main.swift")
        try await bench.shellOrThrow(
            VerifyingProgram.swiftBuild(
                """
                sed -i 's#"License.swift", ##' Package.swift && build && cp "$built" verify
                """))
        for license in tokens.answers {
            let answer = try await bench.run(
                "\(bench.path)/verify", [], environment: ["LICENSE_KEY": license.token])
            #expect(answer.status == (license.mayRun ? 0 : 1), "\(license.name): \(answer.errors)")
            let words = ["expired": "over: since ", "not-covered": "refused: it covers versions"]
            let state = license.line.prefix { $0 != " " }
            let expected = license.mayRun ? "" : "license \(words[String(state)] ?? "refused: ")"
            #expect(answer.errors.hasPrefix(expected), "\(license.name): \(answer.errors)")
        }
    }
}
