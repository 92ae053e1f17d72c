import Station
import StrictJSON

/// From a new station to the first license.
extension DemoStory {
    func tellOfStation() throws(StationFailure) {
        try narration.type("coldmint init --issuer \(DemoRequest.issuer) --no-passphrase")
        let kid = try station.make()
        try narration.say(
            """
            The folder station/ now has the configuration, the ledger of everything issued, and the \
            signing key \(kid). Here the key has no passphrase; yours should have one. Beside it are \
            inbox/, the only way in, and outbox/, the only way out.
            """)
    }

    func tellOfRequest() throws(StationFailure) {
        try narration.say("It is a JSON file. The payload is what your application will read:")
        try narration.type("cat acme.json")
        try show(.acme)
        try drop(.acme)
        try narration.say(
            "Dropping it into the inbox is asking. There is no other way to have a license issued.")
    }

    func tellOfMistake() throws(StationFailure) {
        try narration.say("So that you see what becomes of them:")
        try narration.type("cat borealis.json")
        try show(.borealis)
        try drop(.borealis)
    }

    func tellOfRun() throws(StationFailure) {
        try narration.type("coldmint run")
        try narration.show(try station.run(accepting: 1, rejecting: 1).lines)
        try narration.say(
            """
            One refused request never stops the others. Why it was refused, with line and column, \
            stands in the receipt beside it, in inbox/rejected/:
            """)
        try narration.quote(problems(in: try station.refusal()))
        try narration.say(
            "Nothing was issued for it. Mend the file and drop it again; 'coldmint check FILE' says "
                + "the same before you drop it.")
    }

    /// Writes the file that is shown.
    private func show(_ request: DemoRequest) throws(StationFailure) {
        try station.write(request.text, to: request.fileName)
        try narration.show(request.text)
    }

    func drop(_ request: DemoRequest) throws(StationFailure) {
        try narration.type("cp \(request.fileName) inbox/")
        try station.drop(request)
    }

    /// `line 3, column 15: … (invalid-value at /customer)`
    private func problems(in receipt: JSONValue) -> [String] {
        (receipt.member("problems")?.elements).map { problems in
            problems.map { problem in
                let line = problem.member("line")?.integer ?? 0
                let column = problem.member("column")?.integer ?? 0
                let message = problem.member("message")?.string ?? ""
                let code = problem.member("code")?.string ?? ""
                let pointer = problem.member("pointer")?.string ?? ""
                return "line \(line), column \(column): \(message) (\(code) at \(pointer))"
            }
        } ?? []
    }
}
