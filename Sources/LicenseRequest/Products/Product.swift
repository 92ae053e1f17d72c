package import CalendarTime
import LicenseToken
package import PayloadSchema
import PlainText
package import Signatures
package import StrictJSON

/// What may be sold, as a file of the station's `products` folder says it.
package struct Product: Sendable {
    package let name: String
    package let title: String?
    /// Of the file's bytes: a license keeps the digest of the product that it was issued under.
    package let digest: SHA256Digest
    package let schema: PayloadSchema
    /// In the order of the file.
    package let plans: [Plan]
    package let term: TermRules
    /// How many people must sign a request for it, where drops are signed at all.
    package let approvals: Int?

    /// The claims that the schema names, by what their names fold to.
    let claimNames: [[UInt8]: [String]]
    /// Where there are few, as UTF-8.
    let fewClaimNames: [[UInt8]]

    init(
        name: String, title: String?, digest: SHA256Digest, schema: PayloadSchema, plans: [Plan],
        term: TermRules, approvals: Int?
    ) {
        self.name = name
        self.title = title
        self.digest = digest
        self.schema = schema
        self.plans = plans
        self.term = term
        self.approvals = approvals
        let names = schema.expectedValue(at: []).memberNames
        claimNames = Dictionary(grouping: names) { Array($0.caseFolded.utf8) }
        fewClaimNames = names.count <= 16 ? names.map { Array($0.utf8) } : []
    }

    package struct Plan: Sendable {
        package let name: String
        /// The claims that it presets.
        package let claims: [JSONMember]
        /// Their names as UTF-8.
        let claimNames: [[UInt8]]

        init(name: String, claims: [JSONMember]) {
            self.name = name
            self.claims = claims
            claimNames = claims.map { Array($0.name.utf8) }
        }
    }

    package func plan(named name: String) -> Plan? {
        plans.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    func sold(as plan: Plan?) -> LicenseOrigin.Product {
        LicenseOrigin.Product(name: name, plan: plan?.name, digest: digest)
    }

    /// The claims of a payload: the plan's in its order, with the request's own in place of those of
    /// the same name, then the request's others.
    package static func payload(of plan: Plan?, with own: [JSONMember]) -> [JSONMember] {
        guard let plan else { return own }
        var rest = own
        var payload: [JSONMember] = []
        payload.reserveCapacity(plan.claims.count + own.count)
        for (claim, name) in zip(plan.claims, plan.claimNames) {
            if let index = rest.firstIndex(where: { $0.isNamed(name) }) {
                payload.append(rest.remove(at: index))
            } else {
                payload.append(claim)
            }
        }
        return payload + rest
    }
}

/// What a product, or the station, says of the terms of licenses.
package struct TermRules: Sendable {
    /// Where a request gives no end.
    package var standard: Period?
    package var maximum: Period?
    package var graceDays: Int?
    package var noticeDays: Int?
    /// Whether a license may have no end; `nil` where the file does not say.
    package var allowsPerpetual: Bool?
    /// Whether a date without a time means the end of that day.
    package var endsWithDay = false

    package init() {}

    /// In place of an end.
    static let never = "never"

    /// A product that is sold for so long at most is not sold for ever because others are.
    ///
    /// - Parameter others: whether the station allows it where the product does not say.
    func allowsPerpetual(_ others: Bool) -> Bool {
        allowsPerpetual ?? (others && maximum == nil)
    }
}
