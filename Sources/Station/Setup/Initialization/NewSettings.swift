import Failures

/// What a new station's `station.yaml` says.
package struct NewSettings: Sendable {
    private let issuer: String
    private let inbox: String?
    private let outbox: String?
    package let signers: NewSigners?

    /// - Parameters:
    ///   - inbox: as in `station.yaml`; by default beside the station's folder.
    ///   - outbox: the same.
    ///   - signers: whose signatures drops need, if anybody's.
    package init(
        issuer: String, inbox: String? = nil, outbox: String? = nil, signers: NewSigners? = nil
    ) {
        self.issuer = issuer
        self.inbox = inbox
        self.outbox = outbox
        self.signers = signers
    }

    /// What a run will read out of `text`.
    func configuration() throws(StationFailure) -> Configuration {
        do throws(ConfigurationError) {
            return try Configuration(parsing: text)
        } catch {
            throw StationFailure(.usage, error.description)
        }
    }

    var text: String {
        let settings = [
            ("issuer", issuer), ("inbox", inbox), ("outbox", outbox),
            ("signers", signers == nil ? nil : NewSigners.setting),
        ]
        let lines = settings.compactMap { name, value in
            value.map { "\(name): '\($0.replacing("'", with: "''"))'\n" }
        }
        return """
            # Coldmint's station; every setting is described in docs/station.md.
            \(lines.joined())
            """
    }
}
