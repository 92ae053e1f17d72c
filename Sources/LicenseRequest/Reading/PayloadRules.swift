import PlainText
import StrictJSON

/// The rules for a payload, whose meaning is the vendor's own affair.
struct PayloadRules: Sendable {
    /// A Kubernetes secret holds 1 MiB and an environment variable less, so this is far above any
    /// use. Tokens, bundles and the ledger hold more, so it is far below what would fail.
    private static let maximumByteCount = 8 << 20

    /// The names that members must not have, by what they fold to.
    private let reservedClaims: [[UInt8]: String]

    init(reservedClaims: Set<String>) {
        self.reservedClaims = Dictionary(
            reservedClaims.map { (Array($0.caseFolded.utf8), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Adds every problem of the payload. Returns whether it is an object at all.
    ///
    /// - Parameter claims: what stands beside it in the token, unless it has the same name.
    func check(
        _ payload: JSONValue, at pointer: JSONPointer, beside claims: [JSONMember] = [],
        _ problems: inout ProblemList
    ) -> Bool {
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
        var names = PayloadNames()
        for claim in claims { _ = names.insert(claim.name) }
        for member in payload.members {
            if problems.isFull { break }
            check(member, names.insert(member.name), at: pointer, &problems)
        }
        return true
    }

    /// Some languages ignore case when they read claims into a type of their own (Go's
    /// encoding/json does), so that `EXP` would take the place of `exp`.
    private func check(
        _ member: JSONMember, _ name: PayloadNames.Name, at pointer: JSONPointer,
        _ problems: inout ProblemList
    ) {
        let memberPointer = { pointer.appending(member: name.text) }
        if let reserved = reservedClaims[name.folded] {
            let isSame = name.text.utf8.elementsEqual(reserved.utf8)
            problems.add(
                .reservedClaim, at: memberPointer(), nameOf: member,
                "the claim '\(reserved.shortened(to: 200))' is reserved"
                    + (isSame ? "" : ", and some languages read this name as the same")
                    + ": choose another name")
        }
        if name.differsInCaseOnly {
            problems.add(
                .duplicateMember, at: memberPointer(), nameOf: member,
                "an earlier member has this name but for capitals, and some languages read the two "
                    + "as one: choose another name")
        }
        if name.folded.elementsEqual("jti".utf8) && member.value.kind != .string {
            problems.add(
                .wrongType, at: memberPointer(), member.value,
                "jti must be a string (RFC 7519, section 4.1.7)")
        }
        checkNumbers(in: member.value, at: memberPointer(), &problems)
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
        if value.isSafeInteger { return nil }
        if value.isIntegerText {
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
