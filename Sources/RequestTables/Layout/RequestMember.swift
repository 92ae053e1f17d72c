import LicenseRequest
import PlainText

/// The place in a request that the cells of a column go to.
package enum RequestMember: Sendable, Hashable, CustomStringConvertible {
    case member(String)
    /// A claim, by the names that lead to it; without any, the whole payload.
    case payload([String])

    /// As the header of a column names it: `name`, `payload.seats`.
    package init?(_ text: String) {
        let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if names.first == "payload" {
            guard !names.contains("") else { return nil }
            self = .payload(Array(names.dropFirst()))
        } else {
            guard Self.names.contains(text) else { return nil }
            self = .member(text)
        }
    }

    package var description: String {
        switch self {
        case .member(let name): name
        case .payload(let path): (["payload"] + path).joined(separator: ".")
        }
    }

    /// The names from the request on.
    var path: [String] {
        switch self {
        case .member(let name): [name]
        case .payload(let path): ["payload"] + path
        }
    }

    /// Those of all requests.
    static let names = ActionName.allMembers

    /// The member that was probably meant by a header that is none: `expires_at`, `Customer`.
    static func nearest(to header: String) -> String? {
        let plain = header.filter { $0 != "_" && $0 != "-" }
        return nearestText(to: plain, among: names.sorted())
    }

    static let product = RequestMember.member("product")
    static let customer = RequestMember.member("customer")
    static let name = RequestMember.member("name")
    static let requestID = RequestMember.member("requestId")
    static let action = RequestMember.member("action")
}
