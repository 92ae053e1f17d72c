import CalendarTime
import SSHSignatures
import Signatures
import Testing

struct PublicKeyTests {
    @Test func `what ssh-keygen wrote is read, counts, and is written again`() throws {
        let text = """
            -----BEGIN SSH SIGNATURE-----
            U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg/ncXHXacNUZLymPOdXJiKm/3CO
            UkMmT1jgWqdhf0mdEAAAAcY29sZG1pbnQtcmVxdWVzdEBleGFtcGxlLmNvbQAAAAAAAAAG
            c2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUxOQAAAEDciDLcJk7cS0Tq4AHCai2KDPLo55e61P
            lWJJ488kJdyydzAwz40oC2QffM2V8TsJ0SEisXwxDDkvFviZlYM9wD
            -----END SSH SIGNATURE-----

            """
        let signature = try SSHSignature(armored: Array(text.utf8))
        #expect(signature.armored == text)
        let signers = try AllowedSigners(
            parsing: Array(
                """
                alice namespaces="coldmint-*",valid-after="20260101Z" ssh-ed25519 \
                AAAAC3NzaC1lZDI1NTE5AAAAIP53Fx12nDVGS8pjznVyYipv9wjlJDJk9Y4FqnYX9JnR her laptop

                """.utf8))
        #expect(
            signers.entries[0].publicKey.fingerprint
                == "SHA256:ZwKo/sdjzeqIgd1eCdE/KN0FnTVmRKZBtAluhcICplI")
        let digests = SignedFileDigests(of: Array("hello\n".utf8))
        let judgement = signers.judge(
            signature, of: digests, namespace: "coldmint-request@example.com", at: .latest)
        #expect(judgement == .counts(signers.entries[0]))
    }
}
