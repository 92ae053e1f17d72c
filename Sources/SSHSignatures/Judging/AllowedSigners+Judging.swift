package import CalendarTime

extension AllowedSigners {
    /// Judges a signature for a file of these digests. Any line that allows it is enough.
    package func judge(
        _ signature: SSHSignature, of digests: SignedFileDigests, namespace: String,
        at time: Timestamp
    ) -> SignatureJudgement {
        judge(
            signature, ofDigest: signature.digest(among: digests), namespace: namespace, at: time)
    }

    /// - Parameter digest: in the algorithm that the signature names.
    package func judge(
        _ signature: SSHSignature, ofDigest digest: [UInt8], namespace: String,
        at time: Timestamp
    ) -> SignatureJudgement {
        guard signature.isValid(forDigest: digest) else {
            return .doesNotFit
        }
        if let refusal = refusalForAnyFile(of: signature, namespace: namespace) {
            return .fitsButDoesNotCount(refusal)
        }
        if let presence = signature.presence, !presence.isUserPresent {
            return .fitsButDoesNotCount(.noUserPresence)
        }
        let known = entries(of: signature.publicKey)
        let entry = known.first { $0.allows(namespace: namespace) && $0.isValid(at: time) }
        if let entry { return .counts(entry) }
        return .fitsButDoesNotCount(
            refusal(of: signature.publicKey, with: known, namespace: namespace, at: time))
    }

    /// Why a signature counts for no file, whatever it signs; `nil` where it may count for one. Told
    /// without verifying it.
    package func refusalForAnyFile(
        of signature: SSHSignature, namespace: String
    ) -> SignatureRefusal? {
        // Text compares equal where only the normal form differs.
        guard signature.namespace.utf8.elementsEqual(namespace.utf8) else {
            return .otherNamespace(signature.namespace)
        }
        return knows(signature.publicKey)
            ? nil : .unknownKey(fingerprint: signature.publicKey.fingerprint)
    }

    /// Of several reasons the one that lies nearest to counting.
    private func refusal(
        of key: SSHPublicKey, with known: [Entry], namespace: String, at time: Timestamp
    ) -> SignatureRefusal {
        let allowed = known.filter { $0.allows(namespace: namespace) }
        let later = allowed.compactMap(\.validAfter).filter { time < $0 }.min()
        if let person = allowed.first?.person, let later {
            return .notYetValid(person: person, from: later)
        }
        let earlier = allowed.compactMap(\.validBefore).max()
        if let person = allowed.first?.person, let earlier {
            return .noLongerValid(person: person, until: earlier)
        }
        if let other = known.first, let namespaces = other.namespaces {
            return .namespaceNotAllowed(person: other.person, namespaces: namespaces)
        }
        return .unknownKey(fingerprint: key.fingerprint)
    }
}
