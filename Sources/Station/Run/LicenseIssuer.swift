import CalendarTime
import Dispatch
import Ledger
import LicenseRequest
import LicenseToken
import Signing
import StrictJSON

/// Makes licenses out of requests: ids, claims, signatures. Nothing here is recorded yet.
struct LicenseIssuer {
    private static let sliceCount = 64
    /// Fewer are signed in a moment, as part of reading many drops.
    private static let enoughToCount = 1000

    let issuer: String
    let now: Timestamp
    let environment: SystemEnvironment
    let key: OpenedKey

    /// One license for each request, in order; signed and verified on all cores.
    func licenses(for requests: [CreateRequest]) throws(StationFailure) -> [NewLicense] {
        let ids = try ids(requests.count)
        let progress = requests.count >= Self.enoughToCount ? environment.progress : nil
        progress?.begin(.signing, requests.count, of: "licenses")
        var results = [Result<NewLicense, TokenError>?](repeating: nil, count: requests.count)
        results.withUnsafeMutableBufferPointer { results in
            nonisolated(unsafe) let slots = results
            DispatchQueue.concurrentPerform(iterations: Self.sliceCount) { slice in
                for place in stride(from: slice, to: requests.count, by: Self.sliceCount) {
                    slots[place] = Result { () throws(TokenError) in
                        try license(ids[place], requests[place])
                    }
                    progress?.advance()
                }
            }
        }
        var licenses: [NewLicense] = []
        licenses.reserveCapacity(requests.count)
        for result in results {
            guard case .success(let license) = result else {
                throw StationFailure(
                    .inputOutput,
                    "a signature that was just made does not verify: this machine's memory or "
                        + "processor is at fault, issue nothing on it")
            }
            licenses.append(license)
        }
        return licenses
    }

    private func ids(_ count: Int) throws(StationFailure) -> [LicenseID] {
        let width = LicenseID.randomByteCount
        let random = try environment.randomBytes(count * width)
        let milliseconds = UInt64(max(0, environment.milliseconds()))
        return (0..<count).compactMap { place in
            LicenseID(
                milliseconds: milliseconds,
                random: Array(random[place * width..<(place + 1) * width]))
        }
    }

    private func license(
        _ id: LicenseID, _ request: CreateRequest
    ) throws(TokenError) -> NewLicense {
        var payload: [UInt8] = []
        request.payload.appendCompactMembers(to: &payload)
        let claims = LicenseClaims(
            issuer: issuer, id: id, issuedAt: now, notBefore: request.notBefore,
            expiresAt: request.expiresAt, payloadMembers: payload)
        let token = try key.signer.sign(claims, with: key.key)
        return NewLicense(
            id: id.description, name: request.name, customer: request.customer,
            description: request.description, notBefore: request.notBefore.secondsSinceEpoch,
            expiresAt: request.expiresAt.secondsSinceEpoch,
            token: token, tokenSHA256: SHA256Digest(of: token.utf8).bytes)
    }
}
