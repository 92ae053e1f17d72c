package import CalendarTime

/// When a license holds, and what its application does about the end.
package struct LicenseTerm: Sendable, Hashable {
    package let notBefore: Timestamp
    /// The end of the term; `nil` where it has none.
    package let expiresAt: Timestamp?
    /// For so many days after the end the application goes on. `nil` where nothing was said.
    package let graceDays: Int?
    /// So many days before the end the application begins to remind.
    package let noticeDays: Int?
    /// Versions up to then are covered.
    package let maintainedUntil: Timestamp?

    /// Of grace and notice.
    package static let possibleDays = 0...366

    package init(
        notBefore: Timestamp, expiresAt: Timestamp?, graceDays: Int? = nil, noticeDays: Int? = nil,
        maintainedUntil: Timestamp? = nil
    ) {
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.graceDays = graceDays
        self.noticeDays = noticeDays
        self.maintainedUntil = maintainedUntil
    }

    /// From then on the token is not valid any more: the claim `exp`.
    package var endOfGrace: Timestamp? {
        expiresAt.map { $0.adding(days: Int64(graceDays ?? 0)) ?? .latest }
    }

    /// The time of the first reminder.
    package var noticeFrom: Timestamp? {
        guard let expiresAt, let noticeDays, Self.possibleDays.contains(noticeDays) else {
            return nil
        }
        return expiresAt.adding(days: -Int64(noticeDays)) ?? notBefore
    }
}

extension LicenseTerm {
    /// What is said of a license that has not begun: in place of the present one too early, it would
    /// leave the application without a license.
    package func waitingAdvice(at now: Timestamp) -> String? {
        guard notBefore > now else { return nil }
        return "do not install before \(notBefore); keep the present one until then"
    }
}

extension LicenseTerm {
    /// A claim that a token has only where something was said of it.
    package enum Claim: String, CaseIterable, Sendable {
        /// The end of the term, where `exp` is the end of grace.
        case end = "license_expires"
        case notice = "license_notice"
        case maintained = "license_maintained"
    }

    /// The names of those that a token has.
    package var claimNames: [String] {
        Claim.allCases.filter { value(of: $0) != nil }.map(\.rawValue)
    }

    /// The claim's value (NumericDate, RFC 7519, section 2); `nil` where the token has none.
    package func value(of claim: Claim) -> Timestamp? {
        switch claim {
        case .end: graceDays == nil ? nil : expiresAt
        case .notice: noticeFrom
        case .maintained: maintainedUntil
        }
    }
}
