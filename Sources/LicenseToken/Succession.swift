import CalendarTime
import PlainText
package import StrictJSON

/// What is otherwise in a license than in the one that it follows, claim by claim.
package struct Succession: Sendable, Hashable {
    package let predecessor: LicenseID
    /// For people: `seats: 5 → 25`, `modules: new, ["analytics"]`, `trial: gone, was true`. So many at
    /// most, each of them short.
    package let changes: [String]

    private static let maximumChanges = 50
    /// In characters, of a whole change.
    private static let maximumLength = 200
    /// Of a claim's name in it, and of each of two values: so that what stands between them is seen.
    private static let maximumNameLength = 60
    private static let maximumValueLength = 66

    package init(predecessor: LicenseID, changes: [String]) {
        self.predecessor = predecessor
        self.changes = changes
    }

    /// - Parameters:
    ///   - license: the one that is followed.
    ///   - term: of the one that follows, with its product and payload.
    package init(
        to license: IssuedLicense, in term: LicenseTerm, _ product: LicenseOrigin.Product?,
        _ payload: [Claim]
    ) throws(TokenError) {
        let old = try SignedToken(license.token).ownClaims(besides: license.term)
        // Apart from each other, since a claim may be called like a fact.
        let changes =
            Self.changes(
                from: Self.facts(license.term, license.origin.product),
                to: Self.facts(term, product)) + Self.changes(from: old, to: payload)
        let rest = changes.count - Self.maximumChanges
        self.init(
            predecessor: license.id,
            changes: changes.prefix(Self.maximumChanges) + (rest > 0 ? ["\(rest) more"] : []))
    }

    /// - Parameter successor: whose token says what its payload is.
    package init(
        to license: IssuedLicense, by successor: IssuedLicense
    ) throws(TokenError) {
        try self.init(
            to: license, in: successor.term, successor.origin.product,
            SignedToken(successor.token).ownClaims(besides: successor.term))
    }

    /// In the order of the new ones, and then what is gone.
    private static func changes(from old: [Claim], to new: [Claim]) -> [String] {
        let olds = Dictionary(old.map { ($0.name, $0.text) }) { first, _ in first }
        let names = Set(new.map(\.name))
        let changes = new.compactMap { claim in
            switch olds[claim.name] {
            case nil: Self.change(claim.name, "new, \(claim.text)")
            case claim.text?: String?.none
            case let text?:
                Self.change(claim.name, "\(Self.value(text)) → \(Self.value(claim.text))")
            }
        }
        return changes
            + old.filter { !names.contains($0.name) }
            .map { change($0.name, "gone, was \($0.text)") }
    }

    /// A claim, with its value as JSON.
    package struct Claim: Sendable, Hashable {
        let name: String
        let text: String

        package init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }

        package init(_ member: JSONMember) {
            self.init(member.name, String(decoding: member.value.compact, as: UTF8.self))
        }
    }

    private static func facts(
        _ term: LicenseTerm, _ product: LicenseOrigin.Product?
    ) -> [Claim] {
        let all: [(String, String?)] = [
            ("product", product?.words),
            ("end", term.expiresAt.orNever), ("graceDays", term.graceDays.map(String.init)),
            ("noticeDays", term.noticeDays.map(String.init)),
            ("maintainedUntil", term.maintainedUntil?.description),
        ]
        return all.compactMap { name, text in text.map { Claim(name, $0) } }
    }

    private static func change(_ name: String, _ what: String) -> String {
        "\(plain(name).shortened(to: maximumNameLength)): \(plain(what))"
            .shortened(to: maximumLength)
    }

    private static func value(_ text: String) -> String {
        plain(text).shortened(to: maximumValueLength)
    }

    /// Terminals and pages show it: nothing in it may move the cursor or turn the text round.
    private static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isControl || scalar.isBidirectionalControl {
                plain.append(contentsOf: scalar.codePoint.unicodeScalars)
            } else {
                plain.append(scalar)
            }
        }
        return String(plain)
    }
}
