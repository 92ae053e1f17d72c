import ArgumentParser
import Console
import Station

struct RetireKey: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "End a private key for good.",
        discussion: """
            The file is overwritten and removed. The public half stays in the ledger, and goes on \
            verifying what the key has signed. The active key cannot be retired.
            """,
        examples: ["coldmint keys retire 8NUrkhMG"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption
    @OptionGroup var confirmation: Confirmation

    @Argument(help: "The key, or the beginning of its thumbprint.")
    var kid: String

    func run() throws {
        let key = try OpenStation(station).keyView(kid)
        // What cannot be done is not asked about. The lock is not held while somebody thinks it over.
        try beginCustody().refuseUnlessRetirable(key.kid)
        try confirmation.confirm(
            "Destroy the private key \(key.kid)? Nothing but a backup brings it back.")
        try beginCustody().retire(key.kid)
        try Terminal.printLine("\(key.kid) is retired, its private key destroyed")
    }
}
