import ArgumentParser
import Console
import DurableFiles
import Failures
import Station
import SystemPackage

struct ProveBundle: StationCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Print the proof that a bundle's licenses are in the log.",
        discussion: """
            By the newest head, as c2sp.org/tlog-proof@v1 with the bundle's entry as its extra \
            data. A license stands for the first bundle that has carried it.
            """,
        examples: [
            "coldmint log prove acme-gmbh-000017",
            "coldmint log prove \"Acme production\" -o licenses.tlog-proof",
        ])

    @ParentCommand var root: Coldmint
    @OptionGroup var stationOption: StationOption

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write the proof there.", valueName: "file"))
    var output: String?

    @Argument(
        help: ArgumentHelp(
            "A bundle's name, its tar, or a license's id or name.", valueName: "bundle-or-license"))
    var item: String

    func run() throws {
        let proof = try OpenStation(station).logProof(of: item)
        guard let output else {
            return try Terminal.write(String(decoding: proof, as: UTF8.self))
        }
        do throws(FileSystemError) {
            try DraftFile.replace(FilePath(output), with: proof)
        } catch {
            throw CommandFailure(error)
        }
    }
}
