package import StrictJSON

/// One thing that is wrong with a drop.
package struct Problem: Error, Sendable, Hashable {
    /// The raw values are stable, since scripts act on them.
    package enum Code: String, Sendable, CaseIterable {
        case invalidJSON = "invalid-json"
        case duplicateMember = "duplicate-member"
        case unknownMember = "unknown-member"
        case missingMember = "missing-member"
        case wrongType = "wrong-type"
        case invalidValue = "invalid-value"
        case reservedClaim = "reserved-claim"
        case unsafeNumber = "unsafe-number"
        case invalidDate = "invalid-date"
        case datesOutOfOrder = "dates-out-of-order"
        case alreadyExpired = "already-expired"
        case nameTaken = "name-taken"
        case noSuchLicense = "no-such-license"
        case immutableMember = "immutable-member"
        case nameMismatch = "name-mismatch"
        case tooLarge = "too-large"
        case tooDeep = "too-deep"
        case tooMany = "too-many"
        case notARegularFile = "not-a-regular-file"
        case incomplete
        case notApproved = "not-approved"
        case noSuchProduct = "no-such-product"
        case noSuchPlan = "no-such-plan"
        case productRequired = "product-required"
        case payloadMismatch = "payload-mismatch"
        case termNotAllowed = "term-not-allowed"
        case notSuperseded = "not-superseded"
    }

    package let code: Code
    package let pointer: JSONPointer
    /// The position in the drop. `nil` where the fault is not in its text.
    package internal(set) var position: TextPosition?
    /// The byte offset of the position.
    let offset: Int?
    var isUnlocated: Bool { offset != nil && position == nil }
    package let message: String
    /// What the value at the pointer lacks, where that is the fault.
    package internal(set) var missingMember: String?
    /// The `requestId` of the request with the problem, where that request has one.
    package internal(set) var requestID: String?

    /// `ProblemList` works the position out from the offset.
    package init(
        _ code: Code, at pointer: JSONPointer = .root, offset: Int? = nil,
        requestID: String? = nil, _ message: String
    ) {
        self.code = code
        self.pointer = pointer
        self.offset = offset
        self.message = message
        self.requestID = requestID
    }
}
