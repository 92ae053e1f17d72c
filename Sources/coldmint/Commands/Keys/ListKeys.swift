import ArgumentParser
import Station
import StrictJSON

struct ListKeys: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List all keys, oldest first, with their fingerprints.",
        discussion: """
            The fingerprint is the SHA-256 of the public key, as 'openssl pkey -pubin -outform DER \
            | sha256sum' prints it; the digits below it are for two people on the telephone.
            """)

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
        let keys = try OpenStation(station).keyViews()
        if json { return try Terminal.result(.array(keys.map(\.json))) }
        for key in keys {
            try Terminal.result("\(key.kid)  \(key.state)")
            try Terminal.result("  fingerprint  \(key.fingerprint)")
            try Terminal.result("  by voice     \(key.spokenFingerprint)")
            for (event, time) in key.history { try Terminal.result("  \(time)  \(event)") }
        }
    }
}
