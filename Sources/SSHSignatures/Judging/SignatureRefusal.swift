package import CalendarTime
import PlainText

/// Why a signature that fits the file does not count.
package enum SignatureRefusal: Sendable, Hashable {
    case otherNamespace(String)
    /// The device of a security key signed without being touched.
    case noUserPresence
    case unknownKey(fingerprint: String)
    case namespaceNotAllowed(person: String, namespaces: String)
    case notYetValid(person: String, from: Timestamp)
    case noLongerValid(person: String, until: Timestamp)
}

extension SignatureRefusal: CustomStringConvertible {
    /// A sentence, lower case, without a full stop.
    package var description: String {
        switch self {
        case .otherNamespace(let namespace):
            "the signature was made for the namespace '\(namespace.shortened(to: 80))'"
        case .noUserPresence: "the security key was not touched when it signed"
        case .unknownKey(let fingerprint): "nobody on the list has the key \(fingerprint)"
        case .namespaceNotAllowed(let person, let namespaces):
            "the key of \(person) may sign only for '\(namespaces.shortened(to: 80))'"
        case .notYetValid(let person, let from):
            "the key of \(person) may sign only from \(from)"
        case .noLongerValid(let person, let until):
            "the key of \(person) could sign only until \(until)"
        }
    }
}
