import ArgumentParser
import Console
import Station
import SystemPackage

struct Backup: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a copy of the station into one file, also while a watch is at work.",
        discussion: """
            The file is a tar that only you can read, with the keys as they are, the ledger as it is \
            between two runs, the list of signers where there is one, and station.yaml. It is there \
            whole or not at all, and takes no other file's place. The passphrase of the keys is not in it.
            """,
        examples: ["coldmint backup station-backup.tar"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Argument(help: "The file to make.")
    var file: String

    func run() throws {
        let report = try station.backUp(to: FilePath(file), environment: .system)
        if !report.areKeysEncrypted {
            Terminal.printMessage(
                "the private keys in \(file) are not encrypted: whoever can read it can sign "
                    + "licenses")
        }
        try Terminal.printLine(Terminal.plain("backed up into \(file): \(report.text)"))
    }
}
