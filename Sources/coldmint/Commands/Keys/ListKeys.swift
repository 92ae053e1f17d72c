import ArgumentParser
import Console
import Station
import StrictJSON

struct ListKeys: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all keys, oldest first, with their fingerprints.",
        discussion: """
            The fingerprint is the SHA-256 of the public key, as 'openssl pkey -pubin -outform DER \
            | sha256sum' prints it; the digits below it are for two people on the telephone.
            """,
        examples: ["coldmint keys list"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
        let keys = try OpenStation(station).keyViews()
        if json { return try Terminal.printJSON(.array(keys.map(\.json))) }
        for key in keys { try Terminal.show(key, asJSON: false) }
    }
}
