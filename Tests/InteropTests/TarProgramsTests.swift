import Bundles
import Foundation
import Support
import Testing

/// What `verify` calls sound unpacks to the same files, whichever program unpacks it.
@Suite(.tags(.otherPrograms), .long) struct TarProgramsTests {
    private static let rounds = 3000

    /// Each unpacks bad.tar into the folder `out`.
    private static let programs = [
        "tar -xf bad.tar -C out", "bsdtar -xf bad.tar -C out", "busybox tar -xf bad.tar -C out",
        "/usr/bin/python3 -c 'import tarfile; tarfile.open(\"bad.tar\").extractall(\"out\")'",
    ]

    /// Digests, modes and types of all that a program unpacks, or nothing where it fails.
    private static func unpacked(
        _ program: String, _ tar: [UInt8], in bench: Workbench
    ) async throws -> String {
        try bench.write(tar, to: "bad.tar")
        return try await bench.shell(
            """
            rm -rf out && mkdir out && \(program) 2>/dev/null && cd out &&
            find . -printf '%P %y %m\\n' | LC_ALL=C sort &&
            find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
            """
        ).output
    }

    private static func isSound(_ tar: [UInt8]) -> Bool {
        guard let stream = tmpfile() else { return false }
        defer { fclose(stream) }
        fwrite(tar, 1, tar.count, stream)
        fflush(stream)
        // Every refusal is as good as any other here.
        return (try? VerifiedBundle(readingFrom: fileno(stream))) != nil
    }

    @Test func `a sound bundle, and nothing made out of it that differs, unpacks everywhere alike`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try bench.drop(
            #"[{"name":"A","customer":"a","payload":{}},{"name":"B","customer":"a","payload":{}}]"#,
            as: "a.json")
        _ = try await bench.coldmint("run")
        let tar = try bench.readBytes("outbox/a/a-000001.tar")
        let expected = try await Self.unpacked(Self.programs[0], tar, in: bench)
        try #require(expected.contains("licenses/a-"))

        let seed = UInt64.random(in: 0..<1 << 32)
        print("TarProgramsTests: seed \(seed)")
        var mutator = TarMutator(seed: seed)
        var sound = [tar]
        var misleading = 0
        for round in 0..<Self.rounds {
            let mutant = mutator.mutant(of: tar)
            guard mutant != tar else { continue }
            if Self.isSound(mutant) {
                sound.append(mutant)
            } else if round % 100 == 0 {
                let other = try await Self.unpacked(Self.programs[0], mutant, in: bench)
                if !other.isEmpty, other != expected { misleading += 1 }
            }
        }
        for tar in sound {
            for program in Self.programs {
                #expect(
                    try await Self.unpacked(program, tar, in: bench) == expected,
                    "seed \(seed): \(program)")
            }
        }
        #expect(sound.count == 1, "seed \(seed): other bytes are taken for sound")
        // Otherwise the mutants would show nothing.
        #expect(misleading > 0, "seed \(seed)")
    }
}
