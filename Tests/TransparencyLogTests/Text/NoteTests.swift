import Signatures
import Testing

@testable import TransparencyLog

private func note(_ text: String) throws(NoteError) -> SignedNote {
    try SignedNote(parsing: Array(text.utf8))
}

struct NoteTests {
    @Test func `a published note is read, and its signatures are good`() throws {
        let whole = Examples.text + "\n" + Examples.peterLine + Examples.enochLine
        let note = try note(whole)
        #expect(note.text == Examples.text)
        #expect(note.signatures.map(\.name) == ["PeterNeumann", "EnochRoot"])
        #expect(note.signatures.map(\.keyID) == [0xc74f_20a3, 0xaf0c_fe78])
        #expect(note.bytes == Array(whole.utf8))
        for (vkey, signature) in zip([Examples.peter, Examples.enoch], note.signatures) {
            let verifier = try NoteVerifier(vkey: vkey)
            #expect(verifier.isNamed(in: signature))
            let good = try #require(Signature(bytes: signature.bytes))
            #expect(verifier.key.isValid(good, for: SignedNote.message(for: note.text)))
        }
    }

    @Test func `what is no signed note is refused with its reason`() {
        let text = Examples.text
        let line = Examples.peterLine
        let cases: [(String, NoteError)] = [
            ("", .notText),
            (text, .noSignatures),
            (text + "\n", .noSignatures),
            (text + "\n" + line.dropLast(), .notText),
            ("\u{1}" + text + "\n" + line, .control(1)),
            (text.replacing("\n", with: "\r\n") + "\r\n" + line, .control(13)),
            (text + "\n" + line + "Unexpected line.\n", .badSignatureLine(2)),
            (
                text + "\n" + line.replacing("PeterNeumann", with: "Peter Neumann"),
                .badSignatureLine(1)
            ),
            (
                text + "\n" + line.replacing("PeterNeumann", with: "Peter+Neumann"),
                .badSignatureLine(1)
            ),
            (
                text + "\n" + line.replacing("PeterNeumann", with: "Peter\u{2003}N"),
                .badSignatureLine(1)
            ),
            (text + "\n" + line.replacing("PeterNeumann", with: ""), .badSignatureLine(1)),
            (text + "\n" + line.replacing("—", with: "-"), .badSignatureLine(1)),
            (text + "\n" + line.replacing("=\n", with: "\n"), .badSignatureLine(1)),
            // Stray bits in the last character, which other decoders overlook.
            (text + "\n" + line.replacing("JnAM=", with: "JnAN="), .badSignatureLine(1)),
            (text + "\n— a AAAAAA==\n", .badSignatureLine(1)),
            (text + "\n" + String(repeating: line, count: 65), .tooManySignatures(limit: 64)),
            (
                String(repeating: "a", count: SignedNote.maximumByteCount) + "\n\n" + line,
                .tooLong(limit: SignedNote.maximumByteCount)
            ),
        ]
        for (bad, reason) in cases {
            #expect(throws: reason, "\(bad.suffix(200))") { try note(bad) }
        }
        #expect(throws: NoteError.notText) {
            try SignedNote(parsing: [0xff] + Array((text + "\n" + line).utf8))
        }
    }

    @Test func `the text ends at the last empty line`() throws {
        let note = try note("a\n\nb\n\n\n" + Examples.peterLine)
        #expect(note.text == "a\n\nb\n\n")
        #expect(try SignedNote(parsing: note.bytes) == note)
    }

    @Test func `16 signatures of the length of a post-quantum one are taken`() throws {
        let signatures = try (0..<16).map {
            try NoteSignature(
                name: "example.com/\($0)", keyID: 7, bytes: Array(repeating: 1, count: 5000))
        }
        let note = try SignedNote(text: "a\n", signatures: signatures)
        #expect(try SignedNote(parsing: note.bytes) == note)
    }

    @Test func `a text that cannot be a note's is refused before it is written`() throws {
        let line = try note("a\n\n" + Examples.peterLine).signatures
        #expect(throws: NoteError.notText) { try SignedNote(text: "a", signatures: line) }
        #expect(throws: NoteError.control(9)) { try SignedNote(text: "\t\n", signatures: line) }
        #expect(throws: NoteError.noSignatures) { try SignedNote(text: "a\n", signatures: []) }
        #expect(throws: NoteError.badName("a b")) {
            try NoteSignature(name: "a b", keyID: 1, bytes: [1])
        }
    }

    @Test func `a further signature of one key takes the place of the earlier one`() throws {
        let peter = try Signer("peter")
        let enoch = try Signer("enoch")
        let note = try SignedNote(
            text: "a\n", signatures: [enoch.sign("wrong"), peter.sign("a\n")]
        )
        .adding(enoch.sign("a\n"))
        #expect(note.signatures == [peter.sign("a\n"), enoch.sign("a\n")])
    }
}

struct NoteVerifierTests {
    @Test(arguments: [Examples.peter, Examples.enoch, Examples.foo])
    func `a published key is read and written as it was`(vkey: String) throws {
        let verifier = try NoteVerifier(vkey: vkey)
        #expect(verifier.algorithm == .ed25519)
        #expect(verifier.vkey == vkey)
        #expect(vkey.hasPrefix("\(verifier.name)+"))
    }

    @Test func `a published key for cosignatures is read and written as it was`() throws {
        let vkey = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
        let verifier = try NoteVerifier(vkey: vkey)
        #expect(verifier.algorithm == .cosignature)
        #expect(verifier.vkey == vkey)
    }

    /// As golang.org/x/mod/sumdb/note tests it.
    @Test func `no part of a key and no altered key is taken for one`() {
        let key = Array(Examples.peter.utf8)
        for start in key.indices {
            for end in (start + 1)...key.count where (start, end) != (0, key.count) {
                let part = String(decoding: key[start..<end], as: UTF8.self)
                #expect(throws: NoteError.self) { try NoteVerifier(vkey: part) }
            }
            var altered = key
            altered[start] += 1
            #expect(throws: NoteError.self) {
                try NoteVerifier(vkey: String(decoding: altered, as: UTF8.self))
            }
        }
        let cases: [(String, NoteError)] = [
            (
                "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
                .notAKey
            ),
            (
                "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                .unknownAlgorithm(0x65)
            ),
            ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .notAKey),
            ("PeterNeumann+c74f20a3+AQID", .wrongKeyLength(2)),
            ("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .wrongKeyID),
            (
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                .badName("Peter Neumann")
            ),
            ("", .notAKey),
        ]
        for (bad, reason) in cases {
            #expect(throws: reason, "\(bad)") { try NoteVerifier(vkey: bad) }
        }
    }

    @Test func `one key has another ID for cosignatures, and for another name`() throws {
        let key = try NoteVerifier(vkey: Examples.foo).key
        let ids = try [
            NoteVerifier(name: "a", key: key), NoteVerifier(name: "b", key: key),
            NoteVerifier(name: "a", algorithm: .cosignature, key: key),
        ].map(\.keyID)
        #expect(Set(ids).count == 3)
    }

    @Test func `names that look the same but differ in their bytes are two keys`() throws {
        let key = try NoteVerifier(vkey: Examples.foo).key
        let composed = try NoteVerifier(name: "caf\u{e9}", key: key)
        let decomposed = try NoteVerifier(name: "cafe\u{301}", key: key)
        #expect(composed.name == decomposed.name)
        #expect(composed != decomposed)
        #expect(composed.keyID != decomposed.keyID)
    }

    @Test(arguments: [
        "", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{1}", "\u{85}",
        String(repeating: "a", count: 1025),
    ])
    func `what no key may be called is refused`(name: String) throws {
        let key = try NoteVerifier(vkey: Examples.foo).key
        #expect(throws: NoteError.badName(name)) { try NoteVerifier(name: name, key: key) }
    }
}
