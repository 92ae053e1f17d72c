import Foundation
import Signatures
import Support
import Testing
import TransparencyLog

/// The programs for auditors, docs/verify-log.go and docs/verify-log.py, and logs that Go made.
@Suite(.tags(.otherPrograms), .long) struct LogProgramsTests {
    /// Debian's packages for Go lie where Go looked for them before it had modules.
    private static let go =
        "GO111MODULE=off GOCACHE=$PWD/.cache GOPATH=$PWD/.go:/usr/share/gocode go"

    /// Each prints a line for each line of `cases`: the exit status and what was said.
    private static let programs = [
        """
        \(go) build -o verify-log \(Workbench.repository)/docs/verify-log.go || exit
        while read -r arguments; do said=$(./verify-log $arguments 2>&1); echo "$? $said"; done <cases
        """,
        """
        \(Workbench.repository)/.build-python/bin/python3 \
            \(Workbench.repository)/Tests/InteropTests/Log/each.py \
            \(Workbench.repository)/docs/verify-log.py <cases
        """,
    ]

    /// What a program says of each line of arguments.
    private static func answers(
        of program: String, to cases: [String], in bench: Workbench
    ) async throws -> [Substring] {
        try bench.write(cases.map { $0 + "\n" }.joined(), to: "cases")
        let answer = try await bench.shell(program)
        try #require(answer.status == 0, "\(answer.errors)")
        let lines = answer.output.split(separator: "\n")
        try #require(lines.count == cases.count, "\(answer.output)\(answer.errors)")
        return lines
    }

    @Test(arguments: programs)
    func `an auditor's program verifies a log and refuses altered ones`(program: String)
        async throws
    {
        let made = try LogCases(count: 50)
        #expect(made.cases.count(where: { $0.sentence == nil }) > 120)
        let lines = try await Self.answers(
            of: program, to: made.cases.map(\.arguments), in: made.bench)
        for (line, made) in zip(lines, made.cases) {
            if let sentence = made.sentence {
                #expect(line == "0 \(sentence)")
            } else {
                #expect(line.hasPrefix("1 NOT VERIFIED: "), "\(made.arguments): \(line)")
            }
        }
    }

    @Test(arguments: programs)
    func `an auditor's program refuses what is no file of a log`(program: String) async throws {
        let bench = try Workbench()
        try bench.write(
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n", to: "key")
        try bench.write("", to: "nothing")
        try bench.write("\n\n", to: "lines")
        try bench.write(
            "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
            to: "note")
        let files = ["nothing", "lines", "note", "missing"]
        let cases = files.flatMap {
            [
                "checkpoint key \($0)", "checkpoint \($0) note", "proof key \($0)",
                "consistency key note \($0)", "consistency key \($0) note",
            ]
        }
        let lines = try await Self.answers(of: program, to: cases, in: bench)
        for (line, arguments) in zip(lines, cases) {
            #expect(line.hasPrefix("1 NOT VERIFIED: "), "\(arguments): \(line)")
        }
    }

    /// The bundles of three runs: checkpoints and proofs out of the tars, and the station's own proof
    /// that the first head led to the last one; each also with one character changed.
    @Test(arguments: programs)
    func `an auditor's program verifies the bundles of a station and refuses altered ones`(
        program: String
    ) async throws {
        let bench = try await Workbench.withStation()
        for number in 1...3 {
            try bench.drop(
                #"{"name":"\#(number)","customer":"acme","payload":{}}"#, as: "\(number).json")
            #expect(try await bench.coldmint("run").status == 0)
            let bundle = "acme-00000\(number)"
            let unpacked = try await bench.shell(
                """
                tar -xf outbox/acme/\(bundle).tar --strip-components 1 --transform 's,$,\(number),' \
                    \(bundle)/checkpoint \(bundle)/licenses.tlog-proof
                """)
            #expect(unpacked.status == 0, "\(unpacked.errors)")
        }
        let made = try await bench.shell(
            """
            '\(Workbench.binary)' log checkpoint --vkey >key &&
            '\(Workbench.binary)' log consistency checkpoint1 >update &&
            for file in checkpoint2 licenses.tlog-proof2 update; do
                # A digit of base64 in the second line from below the head's name, or in the proof.
                sed -E '/^[0-9A-Za-z+/]{43}=$/ { s/^A/B/; t; s/^./A/ }' $file >altered-$file &&
                ! cmp -s $file altered-$file || exit
            done
            """)
        try #require(made.status == 0, "\(made.errors)")
        let cases = [
            (0, "checkpoint key checkpoint2"), (0, "proof key licenses.tlog-proof2"),
            (0, "consistency key checkpoint1 update"), (1, "checkpoint key altered-checkpoint2"),
            (1, "proof key altered-licenses.tlog-proof2"),
            (1, "consistency key checkpoint1 altered-update"),
            (1, "consistency key checkpoint2 update"),
        ]
        let lines = try await Self.answers(of: program, to: cases.map(\.1), in: bench)
        for (line, made) in zip(lines, cases) {
            #expect(line.hasPrefix("\(made.0) "), "\(made.1): \(line)")
        }
    }

    @Test func `Go verifies a cosignature, and refuses one of another time or key`() async throws {
        let made = try CosignedCheckpoint()
        let answer = try await made.bench.shell(
            """
            \(Self.go) build -o verify-log \(Workbench.repository)/docs/verify-log.go || exit
            for arguments in "auditor good" "auditor other-time" "auditor other-key" "log good" \
                "other good"; do
                said=$(./verify-log cosignature log ${arguments% *} ${arguments#* } 2>&1)
                echo "$? $said"
            done
            """)
        let lines = answer.output.split(separator: "\n")
        try #require(lines.count == 5, "\(answer.errors)")
        #expect(
            lines[0]
                == "0 auditor.example.com saw example.com/log with 0 entries at 2027-01-15T08:00:00Z."
        )
        for line in lines.dropFirst() { #expect(line.hasPrefix("1 NOT VERIFIED: ")) }
    }

    @Test func `a log that Go made is read, and has the same proofs`() async throws {
        let sizes: [Int64] = [1, 2, 255, 256, 257, 3001, 66_000]
        let bench = try Workbench()
        let program = "\(Workbench.repository)/Tests/InteropTests/Log/make.go"
        let made = try await bench.shell(
            "\(Self.go) run \(program) \(sizes.map(String.init).joined(separator: " "))")
        try #require(made.status == 0, "\(made.errors)")
        let verifier = try NoteVerifier(vkey: String(made.output.dropLast()))
        for size in sizes {
            let signed = try SignedCheckpoint(parsing: bench.readBytes("\(size)/checkpoint"))
            #expect(signed.isSigned(by: verifier))
            #expect(signed.checkpoint.size == size)
            var tree = TiledTree(
                size: size, source: TilesInFiles(folder: "\(bench.path)/\(size)", size: size))
            #expect(try tree.root(ofSize: size) == signed.checkpoint.root)

            let proof = try LogProof(parsing: bench.readBytes("\(size)/proof"))
            #expect(proof.isValid(leaf: MerkleTree.leafHash("\(proof.inclusion.index)".utf8)))
            #expect(
                try tree.inclusionProof(of: proof.inclusion.index, inTreeOfSize: size)
                    == proof.inclusion)
            let update = try CheckpointUpdate(parsing: bench.readBytes("\(size)/update"))
            #expect(try update.isValid(oldRoot: tree.root(ofSize: update.oldSize)))
            #expect(
                try tree.consistencyProof(from: update.oldSize, to: size) == update.consistency)

            var growth = TreeGrowth()
            for index in 0..<size { growth.append(MerkleTree.leafHash("\(index)".utf8)) }
            for (coordinate, tile) in growth.changedTiles {
                let path = coordinate.path(width: tile.hashes.count)
                #expect(try bench.readBytes("\(size)/\(path)") == tile.bytes)
            }
        }
    }
}

/// The tiles of a folder with the paths of c2sp.org/tlog-tiles.
private struct TilesInFiles: TileSource {
    let folder: String
    let size: Int64

    func tile(at coordinate: TileCoordinate) throws(Never) -> Tile? {
        let edge = TileCoordinate.edge(ofSize: size).first { $0.coordinate == coordinate }
        let path = coordinate.path(width: edge?.width ?? Tile.width)
        return FileManager.default.contents(atPath: "\(folder)/\(path)")
            .flatMap { Tile(bytes: Array($0)) }
    }
}
