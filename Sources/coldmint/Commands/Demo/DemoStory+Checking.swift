import Station
import SystemPackage

/// What the customer gets, and how the customer checks it.
extension DemoStory {
    private static let bundleName = "acme-gmbh-000001"
    private static let bundle = "outbox/acme-gmbh/\(bundleName).tar"
    private static let keyFile = "vendor.pem"

    func tellOfLicense() throws(StationFailure) {
        try narration.say(
            """
            The license is one long line, a signed token (a JWT) that begins like this, and that any \
            JWT library reads:
            """)
        try narration.type("coldmint token '\(DemoRequest.licenseName)'")
        try narration.show(["\(try station.token().prefix(70))…"])
        try narration.say("It says, for whoever has the public key to be sure of it:")
        try narration.quote(try station.claims())
    }

    func tellOfCheck() throws(StationFailure) {
        try narration.say(
            """
            \(Self.bundle) is carried to the customer. The public key goes another way, built into \
            your application for example:
            """)
        try narration.type("coldmint keys export >\(Self.keyFile)")
        try station.exportKey(to: Self.keyFile)
        try narration.type("coldmint verify \(Self.bundle) --public-key \(Self.keyFile)")
        try narration.show(try station.verify(Self.bundle, with: Self.keyFile))
    }

    func tellOfTools(_ signals: borrowing CaughtSignals) throws(StationFailure) {
        try narration.say("A customer has no coldmint, and needs none:")
        try narration.type("mkdir customer")
        try station.makeFolder("customer")
        let customer = home.appending("customer")
        let bundle = customer.appending(Self.bundleName)
        let unpacking = ProgramCall(
            "tar", ["-xvf", home.appending(Self.bundle).string], in: customer)
        try narration.type("cd \(ProgramCall.quoted(customer.string))")
        guard try tellOf(unpacking, until: signals) else { return }
        try narration.type("cd \(ProgramCall.quoted(bundle.string))")
        try tellOfSignature(in: bundle, until: signals)
        try tellOf(
            ProgramCall("sha256sum", ["-c", "SHA256SUMS"], in: bundle), until: signals)
        try narration.say(
            """
            README.txt in the bundle says the same to the customer, and how to bring the license \
            into Docker, Kubernetes or Helm; index.html shows it in a browser.
            """)
    }

    private func tellOfSignature(
        in bundle: FilePath, until signals: borrowing CaughtSignals
    ) throws(StationFailure) {
        let check = ProgramCall(
            "openssl",
            [
                "pkeyutl", "-verify", "-pubin", "-inkey", home.appending(Self.keyFile).string,
                "-rawin", "-in", "SHA256SUMS", "-sigfile", "SHA256SUMS.sig",
            ], in: bundle)
        let version = try ProgramCall("openssl", ["version"], in: bundle).answer(until: signals)
        if let version, Self.isTooOld(version), !signals.endingSignalCame {
            try narration.type(check.line)
            try narration.show(
                "(this needs OpenSSL 3; on this machine is \(version.prefix { $0 != "\n" }))")
        } else {
            try tellOf(check, until: signals)
        }
    }

    /// Others do not know the option -rawin.
    static func isTooOld(_ version: String) -> Bool {
        let number = version.prefixMatch(of: /OpenSSL ([0-9]+)\./)?.1
        return (number.flatMap { Int($0) } ?? 0) < 3
    }

    /// - Returns: whether the program is here.
    @discardableResult
    private func tellOf(
        _ call: ProgramCall, until signals: borrowing CaughtSignals
    ) throws(StationFailure) -> Bool {
        if signals.endingSignalCame { return false }
        try narration.type(call.line)
        guard let answer = try call.answer(until: signals) else {
            try narration.show(["(\(call.program) is not on this machine)"])
            return false
        }
        try narration.show(answer)
        return true
    }
}
