import ArgumentParser
import Console
import Station

struct ActivateKey: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: "Let a key that stands by sign from now on.",
        discussion: """
            Both keys sign the station's key set, and bundles carry it as keys.jws from then on, so \
            that whoever trusts the key before can learn the new one: look in 'keys list' how many \
            customers have a bundle with it already. A watch that is at work takes the key up with \
            its next run.
            """,
        examples: ["coldmint keys activate 8NUrkhMG"])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var confirmation: Confirmation

    @Argument(help: "The key, or the beginning of its thumbprint.")
    var kid: String

    func run() throws {
        let open = try OpenStation(station)
        let key = try open.keyView(kid)
        let now = try SystemEnvironment.system.now()
        let reach = try open.keyViews(countingCustomersAt: now)
            .first { $0.kid == key.kid }?.reach
        let share = reach.map { "\($0.reached) of \(counted($0.customers, "customer"))" }
        try confirmation.confirm(
            """
            Sign with \(key.kid) from now on? Applications that know only older keys will refuse \
            what it signs. It was in bundles of \(share ?? "nobody").
            """)
        let custody = try beginCustody(passphrase.source)
        if try !custody.activate(key.kid) {
            Terminal.printMessage(
                "customers cannot learn the new key from bundles: the private key before it is "
                    + "missing, and could not sign for it")
        }
        try Terminal.printLine("\(key.kid) is the active key")
    }
}
