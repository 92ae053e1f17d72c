import StrictJSON

/// The rules for a payload, whose meaning is the vendor's own affair.
struct PayloadRules {
    /// A Kubernetes secret holds 1 MiB and an environment variable less, so this is far above any
    /// use. Tokens, bundles and the ledger hold more, so it is far below what would fail.
    private static let maximumByteCount = 8 << 20

    let reservedClaims: Set<String>

    /// Adds every problem of the payload. Returns whether it is an object at all.
    func check(_ payload: JSONValue, at pointer: JSONPointer, _ problems: inout ProblemList) -> Bool
    {
        guard payload.kind == .object else {
            problems.add(
                .wrongType, at: pointer, payload,
                "payload must be a JSON object: write {} for no claims of your own")
            return false
        }
        guard payload.sourceText.count <= Self.maximumByteCount else {
            problems.add(
                .tooLarge, at: pointer, payload,
                "the payload has \(payload.sourceText.count) bytes, the limit is "
                    + "\(Self.maximumByteCount): it becomes part of the token")
            return false
        }
        for member in payload.members {
            if problems.isFull { break }
            check(member, at: pointer, &problems)
        }
        return true
    }

    private func check(
        _ member: JSONMember, at pointer: JSONPointer, _ problems: inout ProblemList
    ) {
        let name = member.name
        if reservedClaims.contains(name) {
            problems.add(
                .reservedClaim, at: pointer.appending(member: name), nameOf: member,
                "the claim '\(name)' is reserved: choose another name")
        }
        if name == "jti" && member.value.kind != .string {
            problems.add(
                .wrongType, at: pointer.appending(member: name), member.value,
                "jti must be a string (RFC 7519, section 4.1.7)")
        }
        checkNumbers(in: member.value, at: pointer.appending(member: name), &problems)
    }

    /// Recursion is bounded by the depth that StrictJSON lets pass.
    private func checkNumbers(
        in value: JSONValue, at pointer: @autoclosure () -> JSONPointer,
        _ problems: inout ProblemList
    ) {
        switch value.kind {
        case .number:
            if let fault = Self.fault(ofNumber: value) {
                problems.add(.unsafeNumber, at: pointer(), value, fault)
            }
        case .array:
            for (index, element) in value.elements.enumerated() where !problems.isFull {
                checkNumbers(in: element, at: pointer().appending(index: index), &problems)
            }
        case .object:
            for member in value.members where !problems.isFull {
                checkNumbers(
                    in: member.value, at: pointer().appending(member: member.name), &problems)
            }
        case .null, .bool, .string: break
        }
    }

    private static func fault(ofNumber value: JSONValue) -> String? {
        if value.isIntegerText && !value.isSafeInteger {
            return "beyond 9007199254740991 (2^53 - 1) verifiers in other languages read another "
                + "number: write it as a string"
        }
        if value.overflowsDouble {
            return "too large for a double, so that verifiers read infinity or fail: "
                + "write it as a string"
        }
        return nil
    }
}
