import DurableFiles
import Failures
import Spool
package import SystemPackage

/// The command line with which a person signs a request file.
package struct SignCommand: Sendable {
    package static let standardKey = "~/.ssh/id_ed25519"

    package let text: String

    /// - Parameters:
    ///   - issuer: of the station that is to take the request.
    ///   - key: the file of the private key, or of the public one where an agent has the other.
    ///   - label: goes into the signature's name, so that several people can sign.
    package init(for file: FilePath, issuer: String, key: String, label: String?) {
        let name = file.string.hasPrefix("-") ? "./\(file)" : file.string
        let sign =
            "ssh-keygen -Y sign -n \(Self.quoted(ApprovalPolicy.namespace(ofIssuer: issuer))) "
            + "-f \(Self.quoted(key))"
        text =
            label.map { "\(sign) <\(Self.quoted(name)) >\(Self.quoted("\(name).\($0).sig"))" }
            ?? "\(sign) \(Self.quoted(name))"
    }

    /// Whether a text can stand in a signature's name.
    package static func isLabel(_ text: String) -> Bool {
        SignatureName(FileName("x.json.\(text).sig"))?.drop == FileName("x.json")
            && !text.contains("/")
    }

    /// The issuer that was named, or the station's.
    package static func issuer(
        _ named: String?, of folder: StationFolder
    ) throws(StationFailure) -> String {
        if let named { return try Configuration.namedIssuer(named) }
        guard folder.isConfigurationThere() else {
            throw StationFailure(
                .configuration,
                "\(folder.path): no station here to say who its issuer is: name that with --issuer")
        }
        return try folder.readConfiguration().issuer
    }

    /// As a shell reads it back. A tilde in front is left to the shell.
    private static func quoted(_ text: String) -> String {
        if text.hasPrefix("~/") { return "~/" + quoted(String(text.dropFirst(2))) }
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "@%+=:,./-_".utf8.contains(byte)
                }
            }
        return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}
