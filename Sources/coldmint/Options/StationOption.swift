import ArgumentParser

/// `--station`, before or after the command's name.
struct StationOption: ParsableArguments {
    static let name = "station"

    @Option(
        name: .customLong(name),
        help: ArgumentHelp(
            "The station's folder (default: $COLDMINT_STATION, ./station, or /var/lib/coldmint).",
            valueName: "dir"))
    var path: String?
}
