import PlainText
package import StrictJSON

/// What a license may hold, and verifiers in other languages stumble over.
package struct PortabilityWarning: Sendable, Hashable {
    package let pointer: JSONPointer
    package let message: String
}

extension Request {
    /// Empty for a request that makes no license.
    package var portabilityWarnings: [PortabilityWarning] {
        guard case .create(let create) = action else { return [] }
        let payload = pointer.appending(member: "payload")
        var warnings: [PortabilityWarning] = []
        for claim in create.payload {
            let place = payload.appending(member: claim.name)
            if let source = RegisteredClaims.source(of: claim.name) {
                warnings.append(
                    PortabilityWarning(
                        pointer: place,
                        message:
                            "libraries and gateways may act on a claim of this name, which has a "
                            + "meaning in \(source): another name is safer"))
            }
            claim.value.addWarnings(at: place, to: &warnings)
        }
        if create.likelyTokenByteCount > CreateRequest.portableTokenByteCount {
            warnings.append(
                PortabilityWarning(
                    pointer: payload,
                    message: "the token will have about \(create.likelyTokenByteCount) bytes: some "
                        + "libraries take no more than 100,000, and Linux hands no variable over that "
                        + "has more than 131,071"))
        }
        return warnings
    }
}

extension CreateRequest {
    static let portableTokenByteCount = 100_000
    /// Header, signature and the claims that every license has.
    private static let otherByteCount = 500

    /// Base64 takes four bytes for three.
    fileprivate var likelyTokenByteCount: Int {
        let claims = payload.reduce(0) {
            $0 + $1.name.utf8.count + $1.value.sourceText.count + "\"\":,".utf8.count
        }
        return Self.otherByteCount + claims / 3 * 4
    }
}

extension JSONValue {
    /// Recursion is bounded by the depth that StrictJSON lets pass.
    fileprivate func addWarnings(at pointer: JSONPointer, to warnings: inout [PortabilityWarning]) {
        switch kind {
        case .number:
            guard !isIntegerText, let number = exactNumber, number.isWhole else { return }
            let text = String(decoding: sourceText, as: UTF8.self).shortened(to: 40)
            let plain = number.integer.map { ": write \($0)" } ?? ""
            warnings.append(
                PortabilityWarning(
                    pointer: pointer,
                    message: "\(text) is whole, and strict readers of integers (Go, Java, Rust) "
                        + "refuse it as it is written\(plain)"))
        case .array:
            for (index, element) in elements.enumerated() {
                element.addWarnings(at: pointer.appending(index: index), to: &warnings)
            }
        case .object:
            for member in members {
                member.value.addWarnings(at: pointer.appending(member: member.name), to: &warnings)
            }
        case .null, .bool, .string: break
        }
    }
}
