import ArgumentParser
import Console
import Station
import StrictJSON

struct ListKeys: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all keys, oldest first, with their fingerprints.",
        discussion: """
            The fingerprint is the SHA-256 of the public key, as 'openssl pkey -pubin -outform DER \
            | sha256sum' prints it; the digits below it are for two people on the telephone. Of the \
            customers with a license that is not over it says how many have a bundle with the key.
            """,
        examples: ["coldmint keys list"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
        let now = try SystemEnvironment.system.now()
        let keys = try OpenStation(station).keyViews(countingCustomersAt: now)
        if json { return try Terminal.printJSON(.array(keys.map(\.json))) }
        for key in keys { try Terminal.show(key, asJSON: false) }
    }
}
