/// A signing key's public half, and what it may be used for.
package struct KeyRecord: Sendable, Hashable {
    package enum State: String, Sendable {
        case active, standby, retired
    }

    package let kid: String
    /// 32 bytes.
    package let publicKey: [UInt8]
    package let state: State
    /// Seconds since 1970, as every time in the ledger.
    package let createdAt: Int64
}

/// A key that is to be recorded.
package struct NewKey: Sendable {
    package let kid: String
    /// 32 bytes.
    package let publicKey: [UInt8]
    package let createdAt: Int64
    package let isImported: Bool
    /// Whether it signs from now on; otherwise it stands by.
    package let isActive: Bool

    package init(
        kid: String, publicKey: [UInt8], createdAt: Int64, isImported: Bool, isActive: Bool
    ) {
        self.kid = kid
        self.publicKey = publicKey
        self.createdAt = createdAt
        self.isImported = isImported
        self.isActive = isActive
    }
}

/// Something that was done with a key.
package struct KeyEvent: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case generated, imported, activated, deactivated, retired
    }

    package let kid: String
    package let kind: Kind
    package let time: Int64
}

/// A run, as it was when its first drops were committed.
package struct RunRecord: Sendable, Hashable {
    package let number: Int64
    package let startedAt: Int64
    package let issuer: String
    /// The key that signs the run's tokens and bundles.
    package let kid: String
}

/// A license as the ledger keeps it.
package struct LicenseRecord: Sendable, Hashable {
    package let id: String
    package internal(set) var name: String
    package let customer: String
    package internal(set) var description: String?
    package let notBefore: Int64
    package let expiresAt: Int64
    package let issuedAt: Int64
    package let deletedAt: Int64?
    package let kid: String
    package let run: Int64
    package let token: String
    /// SHA-256 over the token, taken when its signature was verified; `nil` for a license from
    /// before that was recorded.
    package let tokenSHA256: [UInt8]?
}

/// A license that is to be recorded.
package struct NewLicense: Sendable, Hashable {
    package let id: String
    package let name: String
    package let customer: String
    package let description: String?
    package let notBefore: Int64
    package let expiresAt: Int64
    package let token: String
    /// SHA-256 over the token, whose signature has been verified.
    package let tokenSHA256: [UInt8]

    package init(
        id: String, name: String, customer: String, description: String?, notBefore: Int64,
        expiresAt: Int64, token: String, tokenSHA256: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.customer = customer
        self.description = description
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.token = token
        self.tokenSHA256 = tokenSHA256
    }
}

/// What became of a drop.
package enum Outcome: String, Sendable {
    case accepted, rejected, repeated
}

/// A drop that was handled; its receipt was decided with it.
package struct DropRecord: Sendable, Hashable {
    package let run: Int64
    /// The drop's name while it was handled and afterwards.
    package let claim: [UInt8]
    package let sha256: [UInt8]?
    package let outcome: Outcome
    /// JSON.
    package let receipt: String
}

/// A published bundle.
package struct BundleRecord: Sendable, Hashable {
    package let run: Int64
    package let customer: String
    package let sha256: [UInt8]
    package let publishedAt: Int64

    package init(run: Int64, customer: String, sha256: [UInt8], publishedAt: Int64) {
        self.run = run
        self.customer = customer
        self.sha256 = sha256
        self.publishedAt = publishedAt
    }
}
