package import LicenseRequest
import Signatures
package import StrictJSON

/// A product as people see it.
package struct ProductView: Sendable {
    package let product: Product
    /// The schema of its payloads, as the file has it.
    package let schema: OrderedJSON

    init(_ product: Product, text: [UInt8]) {
        self.product = product
        // The text was parsed when the product was read, so that it is thrown away for nothing.
        let payload = (try? JSONDocument.parse(text))?.root.member("payload")
        schema = payload.map { OrderedJSON($0) } ?? .object([OrderedJSON.Member]())
    }

    /// The digest of its file, in hexadecimal.
    package var sha256: String { product.digest.description }

    package struct Plan: Sendable {
        package let name: String
        package let claims: OrderedJSON
    }

    package var plans: [Plan] {
        product.plans.map { plan in
            Plan(
                name: plan.name,
                claims: .object(
                    plan.claims.map { OrderedJSON.Member($0.name, OrderedJSON($0.value)) }))
        }
    }
}

extension OrderedJSON {
    /// The same, to be written anew with other white space.
    init(_ value: JSONValue) {
        switch value.kind {
        case .object:
            self = .object(value.members.map { Member($0.name, OrderedJSON($0.value)) })
        case .array: self = .array(value.elements.map { OrderedJSON($0) })
        case .string, .number, .bool, .null:
            self = .text(value.compact)
        }
    }
}
