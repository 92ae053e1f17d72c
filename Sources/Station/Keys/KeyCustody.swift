import CalendarTime
import Failures
import Ledger
package import LicenseToken
import Signatures
import Signing
package import SystemPackage

/// What an operator does with the keys of a station.
///
/// It holds the station's lock, so that no run is at work. One transaction of the ledger decides
/// each step: a command that was cut off has happened or not, and the next one tidies the folder of
/// keys up.
package struct KeyCustody: ~Copyable {
    private let station: OpenStation
    private let store: KeyStore
    private let source: PassphraseSource
    private let now: Timestamp
    private let lock: StationLock

    package static func begin(
        _ folder: StationFolder, passphrase source: PassphraseSource, environment: SystemEnvironment
    ) throws(StationFailure) -> KeyCustody {
        let configuration = try folder.readConfiguration()
        let lock = try StationLock.take(
            folder, waitingUpTo: StationLock.commandSeconds, environment)
        let station = try OpenStation(
            folder, configuration: configuration, with: lock, environment)
        _ = try folder.refuseIfWritable()
        try station.tidyKeys()
        return KeyCustody(station, source, try environment.now(), lock)
    }

    private init(
        _ station: OpenStation, _ source: PassphraseSource, _ now: Timestamp,
        _ lock: consuming StationLock
    ) {
        self.station = station
        store = KeyStore(station: station.folder)
        self.source = source
        self.now = now
        self.lock = lock
    }

    /// A new key that stands by.
    ///
    /// - Returns: its thumbprint.
    package func generate() throws(StationFailure) -> KeyID {
        try add(try SigningKey.generateWithPlainThumbprint(), .generated)
    }

    /// The key of a PKCS#8 PEM, to stand by.
    ///
    /// - Returns: its thumbprint.
    package func importKey(from path: FilePath) throws(StationFailure) -> KeyID {
        let key = try PrivateKeyPEM.read(path)
        let kid = KeyID(of: key.verificationKey)
        guard try !station.keys().contains(where: { $0.kid == kid }) else {
            throw StationFailure(
                .cannotCreate, "\(path): the station has had this key: \(kid), see 'keys list'")
        }
        return try add(key, .imported)
    }

    /// The draft is whole before the ledger knows the key, and gets its name after that.
    private func add(
        _ key: borrowing SigningKey, _ origin: Ledger.KeyOrigin
    ) throws(StationFailure) -> KeyID {
        let draft = try store.draft(key, try protection())
        let record = KeyRecord(
            kid: KeyID(of: key.verificationKey), publicKey: key.verificationKey, state: .standby,
            createdAt: now)
        try station.fromLedger { ledger throws(LedgerError) in try ledger.add(record, origin) }
        try store.publish(draft)
        return record.kid
    }

    /// New keys are protected as the active key is. The passphrase must open that one, so that one
    /// passphrase opens all.
    private func protection() throws(StationFailure) -> KeyStore.Protection {
        let active = try station.activeKey().kid
        guard try store.isEncrypted(active) else { return .none }
        _ = try store.load(active, source)
        return .passphrase(source, station.configuration.keyDerivation)
    }

    /// From here on the key, which stands by, is the one that signs. It and the one before it sign the
    /// station's key set, by which customers learn the new key.
    ///
    /// - Returns: whether they did: the private key before it may be lost.
    package func activate(_ kid: KeyID) throws(StationFailure) -> Bool {
        let key = try key(kid)
        guard key.state == .standby else {
            throw StationFailure(
                .usage,
                key.state == .active
                    ? "the key \(kid) is the active one already"
                    : "the key \(kid) is retired and never comes back: generate another")
        }
        let before = try station.activeKey().kid
        let isLost = try store.isMissing(before)
        // What the ledger calls a key is signed for, so it has to be the station's own.
        for record in try station.keys() where !isLost || record.kid != before {
            try store.check(record)
        }
        let new = OpenedKey(try store.load(kid, source))
        let statement =
            isLost
            ? nil : try statement(by: new, OpenedKey(try store.load(before, source)))
        try station.fromLedger { [now, statement] ledger throws(LedgerError) in
            try ledger.activateKey(kid, statement, at: now)
        }
        return statement != nil
    }

    private func statement(
        by new: OpenedKey, _ old: OpenedKey
    ) throws(StationFailure) -> KeySetStatement {
        let (newest, predecessor) = (
            KeyID(of: new.key.verificationKey), KeyID(of: old.key.verificationKey)
        )
        // A retired key may have been ended because somebody has a copy: nobody is to learn it again.
        let keys = try station.keys().filter { $0.state != .retired }
            .sorted { $0.kid == newest && $1.kid != newest }
        return KeySetStatement(
            of: JWKSet(keys.map { JWK($0.publicKey) }), introducing: newest, by: predecessor
        ) { kid, text in
            (kid == newest ? new : old).key.sign(text)
        }
    }

    /// Refuses a key that cannot be retired now; called before the operator is asked to confirm.
    package func refuseUnlessRetirable(_ kid: KeyID) throws(StationFailure) {
        let key = try key(kid)
        guard key.state == .standby else {
            throw StationFailure(
                .usage,
                key.state == .active
                    ? "the key \(kid) is the active one: activate another before retiring it"
                    : "the key \(kid) is retired already")
        }
        let unfinished = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.unfinishedRuns()
        }
        if let run = unfinished.first(where: { $0.kid == kid }) {
            throw StationFailure(
                .tryAgain,
                "run \(run.number) was cut off and needs the key \(kid) to be finished: "
                    + "'coldmint run' first")
        }
    }

    /// Ends the private key; its public half goes on verifying what it has signed.
    package func retire(_ kid: KeyID) throws(StationFailure) {
        try refuseUnlessRetirable(kid)
        try station.fromLedger { [now] ledger throws(LedgerError) in
            try ledger.retireKey(kid, at: now)
        }
        try store.destroy(kid)
    }

    /// Writes all private keys anew, under a new passphrase or without one.
    ///
    /// One file after the other: where a command was cut off, some are under the new one already,
    /// and the same command finishes its work.
    package func changePassphrase(to new: PassphraseSource?) throws(StationFailure) {
        let protection = new.map {
            KeyStore.Protection.passphrase($0, station.configuration.keyDerivation)
        }
        let kids = try station.keys().filter { $0.state != .retired }.map(\.kid)
        try refuseUnlessOneOpens(kids, new)
        for kid in kids {
            let key = try open(kid, or: new)
            try store.replace(kid, with: try store.draft(key, protection ?? .none))
        }
    }

    /// Refuses an old passphrase that opens no key, before anybody is asked for a new one.
    private func refuseUnlessOneOpens(
        _ kids: [KeyID], _ new: PassphraseSource?
    ) throws(StationFailure) {
        guard let new, new.isFromTerminal else { return }
        var failure: StationFailure?
        for kid in kids {
            do throws(StationFailure) {
                _ = try store.load(kid, source)
                return
            } catch {
                guard error.isWrongPassphrase else { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    private func open(
        _ kid: KeyID, or new: PassphraseSource?
    ) throws(StationFailure) -> SigningKey {
        do throws(StationFailure) {
            return try store.load(kid, source)
        } catch {
            guard let new, error.isWrongPassphrase else { throw error }
            return try store.load(kid, new)
        }
    }

    private func key(_ kid: KeyID) throws(StationFailure) -> KeyRecord {
        guard let key = try station.keys().first(where: { $0.kid == kid }) else {
            throw StationFailure(.noInput, "there is no key \(kid): 'coldmint keys list' shows all")
        }
        return key
    }
}
