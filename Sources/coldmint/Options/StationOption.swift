import ArgumentParser

/// `--station`, before or after the command's name.
struct StationOption: ParsableArguments {
    @Option(
        name: .customLong("station"),
        help: ArgumentHelp(
            "The station's folder (default: $COLDMINT_STATION, ./station, or /var/lib/coldmint).",
            valueName: "dir"))
    var path: String?
}
