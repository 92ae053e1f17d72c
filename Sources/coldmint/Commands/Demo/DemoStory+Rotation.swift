import Station
import SystemPackage

/// What happens years later.
extension DemoStory {
    private static let bundle = "outbox/acme-gmbh/acme-gmbh-000002.tar"
    private static let keyFile = "vendor-new.pem"

    func tellOfRotation() throws(StationFailure) {
        try narration.type("cd \(ProgramCall.quoted(home.string))")
        try narration.say("A key is changed every few years, and no license breaks for it:")
        try narration.type("coldmint keys generate")
        let kid = try station.addKey()
        try narration.show(["\(kid)"])
        try narration.say(
            """
            It stands by. Bundles hand its public half out from now on, and you wait until your \
            customers' applications know it. Nobody has to wait here:
            """)
        try narration.type("coldmint keys activate \(kid)")
        try station.activate(kid)
        try narration.show(["\(kid) is the active key"])
        try narration.say(
            """
            It signs from now on. What the key before it has signed stays valid; 'coldmint keys \
            retire' ends that one's private half some day.
            """)
    }

    func tellOfDelivery() throws(StationFailure) {
        try narration.say("Acme has lost the bundle. Asking for it again is a request, too:")
        try narration.type("cat again.json")
        try station.write(DemoRequest.again.text, to: DemoRequest.again.fileName)
        try narration.show(DemoRequest.again.text)
        try drop(.again)
        try narration.type("coldmint run")
        try narration.show(try station.run(accepting: 1, rejecting: 0).lines)
        try narration.type("coldmint keys export >\(Self.keyFile)")
        try station.exportKey(to: Self.keyFile)
        try narration.type("coldmint verify \(Self.bundle) --public-key \(Self.keyFile)")
        try narration.show(try station.verify(Self.bundle, with: Self.keyFile))
        try narration.say(
            """
            The new key signs the bundle. The license in it is the very token that was issued \
            before, signed by the old key; jwks.json in the bundle has both keys.
            """)
    }

    func tellOfRecord() throws(StationFailure) {
        try narration.say("The ledger knows all of it, and can be held against what it says:")
        try narration.type("coldmint audit")
        try narration.show(try station.audit().lines)
    }
}
