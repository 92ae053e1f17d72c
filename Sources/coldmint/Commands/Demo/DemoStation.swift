import Failures
import Foundation
import LicenseToken
import Logging
import Station
import StrictJSON
import SystemPackage
import Verification

/// The demo's station and the files around it, worked as the commands do.
struct DemoStation {
    /// Holds the station, its inbox and outbox, and what people have besides.
    let home: FilePath

    private var station: StationFolder { StationFolder(home.appending("station")) }
    /// There is nobody to ask for a passphrase, and none is needed.
    private var passphrase: PassphraseSource { PassphraseSource(file: nil) }

    /// - Returns: the thumbprint of its key.
    func make() throws(StationFailure) -> KeyID {
        try station.initialize(
            NewSettings(issuer: DemoRequest.issuer), importing: nil, passphrase: nil,
            environment: .system)
    }

    func drop(_ request: DemoRequest) throws(StationFailure) {
        try write(request.text, to: "inbox/\(request.fileName)")
    }

    /// One run, which must take up all that was dropped.
    func run(accepting accepted: Int, rejecting rejected: Int) throws(StationFailure) -> RunReport {
        let log = Logger(label: "coldmint") { _ in LogOutput(format: .text, logLevel: .error) }
        let report = try Run.perform(
            station, keys: KeyRing(passphrase, log: log), environment: ProcessMemory.environment,
            log: log)
        guard report.accepted == accepted, report.rejected == rejected else {
            throw StationFailure(
                .inputOutput,
                "\(station.path): the demo's run came out otherwise than it should: "
                    + report.lines.joined(separator: ", "))
        }
        return report
    }

    /// The receipt of the drop that was refused.
    func refusal() throws(StationFailure) -> JSONValue {
        let folder = home.appending("inbox/rejected")
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.string)
            let name = names.first { $0.hasSuffix(".receipt.json") } ?? ""
            let text = try Data(contentsOf: URL(filePath: folder.appending(name).string))
            return try JSONDocument.parse(Array(text)).root
        } catch {
            throw StationFailure(.inputOutput, "\(folder): no receipt can be read: \(error)")
        }
    }

    func token() throws(StationFailure) -> String {
        try OpenStation(station).license(DemoRequest.licenseName).token
    }

    /// What the token says, a claim a line.
    func claims() throws(StationFailure) -> [String] {
        let token = try token()
        do throws(TokenError) {
            let claims = try SignedToken(token).claims().root
            return OrderedJSON.object(
                claims.members.map { claim in
                    OrderedJSON.Member(claim.name, .text(claim.value.compact))
                }
            ).prettyText.split(separator: "\n").map(String.init)
        } catch {
            throw StationFailure(.inputOutput, "\(station.path): \(error)")
        }
    }

    /// Writes the public key of the active key into a file.
    func exportKey(to name: String) throws(StationFailure) {
        try write(try OpenStation(station).keyView(nil).pem, to: name)
    }

    func addKey() throws(StationFailure) -> KeyID {
        try custody().generate()
    }

    func activate(_ kid: KeyID) throws(StationFailure) {
        _ = try custody().activate(kid)
    }

    private func custody() throws(StationFailure) -> KeyCustody {
        try KeyCustody.begin(station, passphrase: passphrase, environment: .system)
    }

    /// Checks a bundle as its customer would, with the vendor's key from a file.
    func verify(_ bundle: String, with key: String) throws(StationFailure) -> [String] {
        let now = try SystemEnvironment.system.now()
        let file: VerifiedFile
        do throws(CommandFailure) {
            file = try Verification(publicKeyFile: home.appending(key).string, now: now)
                .verify(home.appending(bundle).string)
        } catch {
            throw StationFailure(error)
        }
        guard file.isValid else {
            throw StationFailure(.dataError, file.lines.joined(separator: ", "))
        }
        // As if the command had been given in the demo's folder.
        return file.lines.map { $0.replacing("\(home)/", with: "") }
    }

    func audit() throws(StationFailure) -> AuditReport {
        let report = try OpenStation(station).audit()
        guard report.findings.isEmpty else {
            throw StationFailure(.dataError, report.lines.joined(separator: ", "))
        }
        return report
    }

    func makeFolder(_ name: String) throws(StationFailure) {
        guard mkdir(home.appending(name).string, 0o755) == 0 else {
            throw StationFailure(
                .cannotCreate, "\(home.appending(name)): \(Errno(rawValue: errno))")
        }
    }

    func write(_ text: String, to name: String) throws(StationFailure) {
        let path = home.appending(name)
        do {
            let file = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: .ownerReadWrite)
            _ = try file.closeAfter { try file.writeAll(text.utf8) }
        } catch {
            throw StationFailure(
                (error as? Errno) == .noSpace ? .tryAgain : .cannotCreate, "\(path): \(error)")
        }
    }
}
