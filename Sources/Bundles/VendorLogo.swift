import Signatures

/// A vendor's picture, which stands at the top of the customer's page.
package struct VendorLogo: Sendable, Hashable {
    package enum Form: String, Sendable {
        case svg = "image/svg+xml"
        case png = "image/png"
    }

    private let form: Form
    private let bytes: [UInt8]

    package init(_ form: Form, _ bytes: [UInt8]) {
        self.form = form
        self.bytes = bytes
    }

    /// The picture within a URL (RFC 2397): the page fetches nothing.
    var dataURL: String {
        "data:\(form.rawValue);base64,\(Base64.standard.encodeToString(bytes))"
    }
}
