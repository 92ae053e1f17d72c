import Bundles
import Foundation
import Glibc
import LicenseToken
import Signatures

/// The inputs that the fuzzing starts from, which are genuine. Nothing else may be accepted: the
/// fuzzer has no private key.
private let genuine: Set<[UInt8]> = {
    let folder = ProcessInfo.processInfo.environment["COLDMINT_FUZZ_GENUINE"] ?? ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Set(
        names.compactMap { FileManager.default.contents(atPath: "\(folder)/\($0)") }.map(Array.init)
    )
}()

private let trustedKey: VerificationKey? = {
    let file = ProcessInfo.processInfo.environment["COLDMINT_FUZZ_KEY"] ?? ""
    let text = try? String(contentsOfFile: file, encoding: .utf8)
    return text.flatMap { try? PublicKeyPEM.decode($0) }
}()

/// A file without a name, written anew for each input.
let scratchFile: Int32 = tmpfile().map { fileno($0) } ?? -1

/// A bundle, as `verify` reads it, with and without the vendor's key.
func testBundle(_ bytes: [UInt8]) {
    ftruncate(scratchFile, 0)
    guard pwrite(scratchFile, bytes, bytes.count, 0) == bytes.count, let trustedKey else {
        fatalError("no file or no key to verify with")
    }
    if (try? VerifiedBundle(readingFrom: scratchFile, trusting: trustedKey)) != nil {
        require(genuine.contains(bytes), "a forged bundle is accepted")
    }
    _ = try? VerifiedBundle(readingFrom: scratchFile)
}

/// A token, as an application verifies it.
func testToken(_ bytes: [UInt8]) {
    guard let trustedKey else { fatalError("no key to verify with") }
    let text = String(decoding: bytes, as: UTF8.self)
    let verifier = LicenseVerifier(keys: JWKSet([JWK(trustedKey)]), issuer: nil)
    if (try? verifier.authenticate(text)) != nil {
        require(genuine.contains(Array(text.utf8)), "a forged token is accepted")
    }
}
