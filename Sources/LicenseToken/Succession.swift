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
    ///   - term: of the one that follows, and its payload.
    package init(
        to license: IssuedLicense, in term: LicenseTerm, _ payload: some Sequence<Claim>
    ) throws(TokenError) {
        let old = try SignedToken(license.token).ownClaims(besides: license.term)
        self.init(
            to: license.id, Self.dates(of: license.term) + old, Self.dates(of: term) + payload)
    }

    /// - Parameter token: of the license that follows.
    package init(
        to license: IssuedLicense, in term: LicenseTerm, _ token: SignedToken
    ) throws(TokenError) {
        try self.init(to: license, in: term, token.ownClaims(besides: term))
    }

    /// Both in the order of the new one, and then what is gone.
    private init(to predecessor: LicenseID, _ old: [Claim], _ new: [Claim]) {
        let olds = Dictionary(old.map { ($0.name, $0.text) }) { first, _ in first }
        let names = Set(new.map(\.name))
        var changes = new.compactMap { claim in
            switch olds[claim.name] {
            case nil: Self.change(claim.name, "new, \(claim.text)")
            case claim.text?: String?.none
            case let text?:
                Self.change(claim.name, "\(Self.value(text)) → \(Self.value(claim.text))")
            }
        }
        changes += old.filter { !names.contains($0.name) }
            .map { Self.change($0.name, "gone, was \($0.text)") }
        let rest = changes.count - Self.maximumChanges
        self.init(
            predecessor: predecessor,
            changes: changes.prefix(Self.maximumChanges) + (rest > 0 ? ["\(rest) more"] : []))
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
            var text: [UInt8] = []
            member.value.appendCompact(to: &text)
            self.init(member.name, String(decoding: text, as: UTF8.self))
        }
    }

    private static func dates(of term: LicenseTerm) -> [Claim] {
        let all: [(String, String?)] = [
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
