import Foundation

/// Keys under a passphrase, which is in the file `passphrase`.
extension Workbench {
    package static let passphrase = "correct horse battery staple"

    /// With a station whose keys are encrypted. Deriving a key takes little memory and time, so
    /// that tests can do it often.
    package static func withEncryptedStation() async throws -> Workbench {
        let bench = try await withStation()
        try bench.write(
            "issuer: https://licenses.example.com\npassphraseMemoryMiB: 8\n",
            to: "station/station.yaml")
        try bench.writePrivately(passphrase + "\n", to: "passphrase")
        let changed = try await bench.coldmint(
            "keys", "passphrase", "--new-passphrase-file", "passphrase")
        guard changed.status == 0 else { throw WorkbenchError(description: changed.errors) }
        return bench
    }

    /// A file that nobody else can read.
    package func writePrivately(_ text: String, to file: String) throws {
        try write(text, to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: "\(path)/\(file)")
    }

    /// Runs the binary with the passphrase file.
    package func unlocked(_ arguments: String...) async throws -> Answer {
        let secret = ["--passphrase-file", "passphrase"]
        // Options come before '--' and what follows it.
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        return try await run(
            Self.binary, Array(arguments[..<end]) + secret + Array(arguments[end...]))
    }

    /// The thumbprints of the keys in this state, oldest first.
    package func keys(_ state: String) async throws -> [String] {
        try await coldmint("keys", "list", "--json").json().elements
            .filter { $0["state"].string == state }.compactMap { $0["kid"].string }
    }
}
