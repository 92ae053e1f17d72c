import ArgumentParser
import Console
import Station

struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show the life of a license, in a folder of its own.",
        discussion: """
            Makes a station, issues a license, checks it as a customer would, changes the key and \
            delivers the license again, and tells what happens. Takes a few seconds, touches no \
            other station, and leaves nothing behind unless --keep is given.
            """,
        examples: ["coldmint demo", "coldmint demo --keep first-look"])

    @Option(
        help: ArgumentHelp(
            "Keep everything in this folder, which must be new or empty.", valueName: "dir"))
    var keep: String?

    func run() throws {
        StandardStreams.outliveReaders()
        // A signal must not end the process before the folder is removed.
        let signals = CaughtSignals()
        let outcome = Result { () throws(StationFailure) in try tell(until: signals) }
        // Where one came, it ends the process now.
        signals.release()
        try outcome.get()
    }

    private func tell(until signals: borrowing CaughtSignals) throws(StationFailure) {
        let folder =
            if let keep { try DemoFolder.kept(at: keep) } else { try DemoFolder.temporary() }
        let story = DemoStory(in: folder.path, isKept: folder.isKept)
        let outcome = Result { () throws(StationFailure) in try story.tell(until: signals) }
        try folder.remove()
        try outcome.get()
    }
}
