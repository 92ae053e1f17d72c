import ArgumentParser

struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show, prove and export the log, and have it cosigned.",
        discussion: """
            All that is issued is entered into a log that only grows. Its signed head, the \
            checkpoint, lies in the outbox and in every bundle: whoever keeps one can tell later \
            that nothing before it was changed.
            """,
        subcommands: [
            PrintCheckpoint.self, ShowLog.self, ProveBundle.self, ShowConsistency.self,
            ExportLog.self, CosignCheckpoint.self, PrintWitnessKey.self, AddCosignature.self,
            ForkLog.self,
        ],
        examples: ["coldmint log show", "coldmint log checkpoint"])

    @OptionGroup var stationOption: StationOption
}
