import ArgumentParser
import Station
import SystemPackage

/// Where a command finds the passphrase of the private keys.
struct PassphraseOptions: ParsableArguments {
    @Option(
        name: .customLong("passphrase-file"),
        help: ArgumentHelp(
            "Read the keys' passphrase from this file instead of asking for it.",
            discussion: "systemd's credential coldmint-passphrase is found without this.",
            valueName: "file"))
    var file: String?

    var source: PassphraseSource { PassphraseSource(file: file.map { FilePath($0) }) }
}
