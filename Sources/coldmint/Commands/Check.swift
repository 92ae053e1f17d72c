import ArgumentParser
import Console
import Failures
import Station
import SystemPackage

struct Check: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate request files; issues nothing and needs no station.",
        discussion: """
            With --station or COLDMINT_STATION, the station's own limits and reserved claims \
            apply, and requests are held against its ledger: names that are taken, licenses that \
            are not there, drops that were accepted before. Without either, the rules of a new \
            station apply, also where there is a ./station.

            With --products, requests are held against the products in that folder, on any machine; \
            a station has its own. Without either, what products say is not looked at.

            With --signers the signatures beside each file, FILE.sig and FILE.NAME.sig, are judged \
            as well: whether enough of the people in that list have signed it. Without a station or \
            --issuer, they say themselves for whose station they are.
            """,
        examples: [
            "coldmint check acme.json",
            "coldmint check --station station acme.json borealis.json",
            "coldmint check --products products sales.json",
            "coldmint check --signers signers --approvals 2 acme.json",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @OptionGroup var productsOption: ProductsOption

    @Option(
        help: ArgumentHelp(
            "Judge signatures by this list of those who may ask.", valueName: "file"))
    var signers: String?

    @Option(
        help: ArgumentHelp(
            "The issuer for whose station the signatures are to be.", valueName: "url"))
    var issuer: String?

    @Option(
        help: ArgumentHelp("How many people have to sign each file.", valueName: "count"))
    var approvals: Int?

    @Flag(help: "Print one JSON array with a verdict for each file.")
    var json = false

    @Argument(help: ArgumentHelp("Request files; - is standard input.", valueName: "file"))
    var files: [String]

    /// Only one that is named: requests can be checked without any.
    var usedStation: StationFolder? { namedStation }

    func validate() throws {
        guard signers != nil || issuer == nil && approvals == nil else {
            throw ValidationError("--issuer and --approvals go with --signers")
        }
        if let approvals, !(1...100).contains(approvals) {
            throw ValidationError("--approvals takes a number from 1 to 100")
        }
    }

    func run() throws {
        let signing = signers.map { signers in
            RequestCheck.Signing(
                signers: FilePath(signers), issuer: issuer, approvals: approvals)
        }
        let check = try RequestCheck(
            station: usedStation, products: productsOption.folder, signing: signing,
            environment: .system)
        let status = try Terminal.showChecks(of: files, asJSON: json) {
            file throws(StationFailure) in try check.check(file)
        }
        if status != .success { throw ExitCode(status) }
    }
}
