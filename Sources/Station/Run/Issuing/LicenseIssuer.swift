import CalendarTime
import Failures
import LicenseRequest
import LicenseToken
import Signatures
import Signing
import StrictJSON
import TokenSigning

/// Makes licenses out of requests: ids, claims, signatures. Nothing here is recorded yet.
struct LicenseIssuer: Sendable {
    let issuer: String
    let now: Timestamp
    let environment: SystemEnvironment
    let key: OpenedKey
    /// `nil` where what is to be signed takes but a moment.
    let progress: RunProgress?

    /// Signs, on all processors, what the requests ask for.
    func plan(_ requests: [Request]) throws(StationFailure) -> [PlannedAction] {
        try requests.concurrentMap { request throws(StationFailure) in
            defer { progress?.advance() }
            return try PlannedAction(request, issuedBy: self)
        }
    }

    /// The license that a request asks for, signed and verified.
    func license(
        for request: CreateRequest, requestID: String?
    ) throws(StationFailure) -> IssuedLicense {
        let id = try newID()
        var payload: [UInt8] = []
        request.payload.appendCompact(to: &payload)
        let claims = LicenseClaims(
            issuer: issuer, id: id, issuedAt: now, term: request.term, payloadMembers: payload)
        let token = try signed(claims)
        return IssuedLicense(
            id: id, name: request.name, customer: request.customer,
            description: request.description, issuer: issuer, issuedAt: now,
            term: request.term,
            origin: LicenseOrigin(
                product: request.product, requestID: requestID, supersedes: request.supersedes),
            kid: key.signer.jwk.keyID, token: token, tokenDigest: SHA256Digest(of: token.utf8))
    }

    private func newID() throws(StationFailure) -> LicenseID {
        let random = try environment.randomBytes(LicenseID.randomByteCount)
        let milliseconds = UInt64(max(0, environment.milliseconds()))
        guard let id = LicenseID(milliseconds: milliseconds, random: random) else {
            throw StationFailure(
                .inputOutput,
                "\(random.count) random bytes were given where \(LicenseID.randomByteCount) are "
                    + "needed: issue nothing on this machine")
        }
        return id
    }

    private func signed(_ claims: LicenseClaims) throws(StationFailure) -> String {
        do throws(TokenError) {
            return try key.signer.sign(claims, with: key.key)
        } catch {
            throw StationFailure(
                .inputOutput,
                "a signature that was just made does not verify: this machine's memory or "
                    + "processor is at fault, issue nothing on it")
        }
    }
}
