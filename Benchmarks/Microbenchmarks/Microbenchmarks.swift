import Benchmark
import Bundles
import Bundling
import CalendarTime
import Foundation
import Glibc
import LicenseToken
import Signatures
import Signing
import StrictJSON
import TokenSigning

/// A request, and an array of a thousand of them.
private let small = Array(
    #"{"name":"Acme 1","customer":"acme","payload":{"seats":25,"plan":"pro","ratio":1.50}}"#.utf8)
private let large: [UInt8] = {
    let requests = repeatElement(String(decoding: small, as: UTF8.self), count: 1000)
    return Array("[\(requests.joined(separator: ","))]".utf8)
}()

/// A bundle of a hundred licenses, and the key that signs it.
private final class Fixture: Sendable {
    let key: SigningKey
    let signer: TokenSigner
    let claims: LicenseClaims
    let head: BundleHead
    let licenses: [IssuedLicense]

    init() throws {
        let key = try SigningKey.generate()
        let signer = TokenSigner(for: key.verificationKey)
        let start = try Timestamp(parsing: "2026-12-01")
        let end = try Timestamp(parsing: "2027-12-01")
        func claims(_ number: UInt8) throws -> LicenseClaims {
            let random = [UInt8](repeating: number, count: LicenseID.randomByteCount)
            guard let id = LicenseID(milliseconds: 0, random: random) else {
                throw CocoaError(.coderInvalidValue)
            }
            return LicenseClaims(
                issuer: "https://licenses.example.com", id: id, issuedAt: start, term: LicenseTerm(notBefore: start, expiresAt: end), payloadMembers: Array(#""seats":25,"plan":"pro""#.utf8))
        }
        licenses = try (UInt8(0)..<100).map { number in
            let claims = try claims(number)
            let token = try signer.sign(claims, with: key)
            return IssuedLicense(
                id: claims.id, name: "Acme \(number)", customer: "acme", description: nil,
                issuer: claims.issuer, issuedAt: start, term: LicenseTerm(notBefore: start, expiresAt: end),
                kid: signer.jwk.keyID, token: token, tokenDigest: SHA256Digest(of: token.utf8))
        }
        self.claims = try claims(1)
        head = BundleHead(
            name: BundleName(customer: "acme", run: 1), issuer: "https://licenses.example.com",
            issuedAt: start)
        self.signer = signer
        self.key = key
    }

    func writeBundle(to descriptor: Int32) throws -> SHA256Digest {
        var outline = BundleOutline(head)
        for license in licenses { try outline.add(license) }
        var writer = try BundleWriter(
            outline, keys: JWKSet([signer.jwk]), signedBy: key.verificationKey, to: descriptor)
        for place in writer.nextLicenses(limit: licenses.count) { try writer.add(licenses[place]) }
        return try writer.finish(signedBy: key)
    }
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput], maxDuration: .seconds(3), maxIterations: 100_000)

    for (name, text) in [("small", small), ("large", large)] {
        Benchmark("StrictJSON, \(name) (\(text.count) bytes)") { benchmark in
            for _ in benchmark.scaledIterations { blackHole(try JSONDocument.parse(text)) }
        }
        Benchmark("Foundation's JSON, \(name) (\(text.count) bytes)") { benchmark in
            let data = Data(text)
            for _ in benchmark.scaledIterations {
                blackHole(try JSONSerialization.jsonObject(with: data))
            }
        }
    }

    Benchmark("a token: claims, signature, verification") { benchmark in
        let fixture = try Fixture()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(try fixture.signer.sign(fixture.claims, with: fixture.key))
        }
    }

    Benchmark("a bundle of 100 licenses, written and read back") { benchmark in
        let fixture = try Fixture()
        guard let file = tmpfile() else { return benchmark.error("no temporary file") }
        defer { fclose(file) }
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            ftruncate(fileno(file), 0)
            lseek(fileno(file), 0, SEEK_SET)
            blackHole(try fixture.writeBundle(to: fileno(file)))
        }
    }
}
