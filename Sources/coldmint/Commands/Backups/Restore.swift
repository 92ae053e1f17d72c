import ArgumentParser
import Console
import Station
import SystemPackage

struct Restore: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into the station's folder, where nothing may be yet.",
        discussion: """
            Everything in the backup is checked first. The station is there whole or not at all; \
            inbox and outbox are made where they are missing. The station that the backup was made \
            of must not run any more: two with one ledger give out the same numbers.
            """,
        examples: [
            "coldmint restore station-backup.tar",
            "coldmint restore --station /srv/coldmint/station station-backup.tar",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Argument(help: "What 'coldmint backup' has made.")
    var file: String

    func run() throws {
        let report = try station.restore(from: FilePath(file), environment: .system)
        try Terminal.printLine(
            Terminal.plain("restored into \(station.path): \(report.text)"))
        let configuration = try station.readConfiguration()
        // Whoever can change a backup can change these.
        try Terminal.printLine(
            Terminal.plain(
                "it issues as \(configuration.issuer), from \(configuration.inbox) into "
                    + configuration.outbox))
        if let named = station.signersElsewhere(configuration) {
            Terminal.printMessage(
                "station.yaml names \(named) as the list of signers, and the one of the backup is in "
                    + "\(station.signers): copy it there, or change the setting to 'signers: signers'; "
                    + "until then a run goes by what is there, and refuses where nothing is")
        }
        Terminal.printMessage(
            "the station that \(file) was made of must not run any more: two with one ledger give "
                + "out the same run numbers")
        Terminal.printMessage(
            "what was issued after the backup is not in this ledger: look for later receipts and "
                + "bundles before you run it")
    }
}
