import Foundation
import Support
import Testing

/// The tokens of docs/vectors, and what each must be taken for.
@Suite(.tags(.otherPrograms), .long) struct VectorTests {
    @Test(arguments: VerifyingProgram.all)
    func `each program takes every vector for what it is`(program: VerifyingProgram) async throws {
        let bench = try Workbench()
        try await program.prepare(in: bench)
        try await bench.shellOrThrow(
            """
            /usr/bin/python3 '\(Workbench.repository)/Tests/InteropTests/Vectors/cases.py' \
                '\(Workbench.repository)/docs/vectors' .
            """)
        let answer = try await bench.run("/bin/bash", ["-c", program.driving])
        #expect(answer.status == 0, "\(answer.errors)")
        let expected = try bench.read("expected.tsv").split(separator: "\n")
        let found = answer.output.split(separator: "\n")
        #expect(expected.count >= 60)
        #expect(found.count == expected.count)
        for (found, expected) in zip(found, expected) { #expect(found == expected) }
    }

    @Test func `the vectors are those that their script makes`() async throws {
        let bench = try Workbench()
        try await bench.shellOrThrow(
            """
            cp '\(Workbench.repository)'/docs/vectors/* . && rm *.json *.pem &&
            /usr/bin/python3 make-vectors.py &&
            for file in *.json *.pem; do cmp $file '\(Workbench.repository)'/docs/vectors/$file; done
            """)
    }

    @Test func `every page but that of a language without a compiler here is tried`() throws {
        let pages = try FileManager.default.contentsOfDirectory(
            atPath: "\(Workbench.repository)/docs/verify")
        let languages = Set(pages.map { ($0 as NSString).deletingPathExtension })
            .subtracting(["README", "libraries", "csharp"])
        #expect(languages == Set(VerifyingProgram.all.map(\.language)))
    }
}
