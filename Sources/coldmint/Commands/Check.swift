import ArgumentParser
import Station
import StrictJSON

struct Check: StationCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validate request files; issues nothing and needs no station.",
        discussion: """
            With --station, the station's own limits and reserved claims apply, and requests are \
            held against its ledger: names that are taken, licenses that are not there, drops \
            that were accepted before. Without, the rules of a new station apply.
            """)

    @ParentCommand var root: Coldmint
    @OptionGroup var place: StationOption

    @Flag(help: "Print one JSON array with a verdict for each file.")
    var json = false

    @Argument(help: ArgumentHelp("Request files; - is standard input.", valueName: "file"))
    var files: [String]

    func run() throws {
        let isNamed = place.path != nil || root.place.path != nil
        let check = try RequestCheck(station: isNamed ? station : nil, environment: .system)
        try judgeFiles(
            files, json: json,
            { file throws(StationFailure) in try check.verdict(on: file) },
            report: { verdict throws(StationFailure) in try report(verdict) },
            asJSON: { ($0.json, $0.problems.isEmpty) })
    }

    private func report(_ verdict: RequestCheck.Verdict) throws(StationFailure) {
        if let (file, run) = verdict.repeats {
            try Terminal.result(
                "\(Terminal.plain(verdict.file)): repeats \(Terminal.plain(file)) of run \(run): "
                    + "a run would change nothing")
        } else if verdict.problems.isEmpty {
            try Terminal.result(
                "\(Terminal.plain(verdict.file)): good, \(counted(verdict.requestCount, "request"))"
            )
        }
        for problem in verdict.problems { try Terminal.result(Terminal.plain(problem)) }
    }
}

/// `1 drop`, `2 drops`
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
