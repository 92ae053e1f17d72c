import Failures
import LicenseRequest
package import StrictJSON

/// The JSON Schema of requests, so that editors complete and check them while they are written.
package enum RequestSchema {
    /// What holds at every station, as in docs/request.schema.json.
    package static var common: [UInt8] { PackageResources.request_schema_json }

    /// The same with the names of products and plans, and with their payloads' schemas.
    ///
    /// - Parameter isRequired: whether each new license has to be of a product.
    package static func json(
        of products: [ProductView], isRequired: Bool
    ) throws(StationFailure) -> OrderedJSON {
        // What is wrong with it is thrown away: it is part of this program.
        guard let root = (try? JSONDocument.parse(common))?.root else {
            throw StationFailure(
                .configuration, "the schema of requests is not part of this program")
        }
        let create = root.member("$defs")?.member("create")
        var members = create.map { OrderedJSON($0).members } ?? []
        members.set("required", to: .array(required(in: create, isRequired)))
        members.set(
            "properties",
            to: .object(
                (create?.member("properties").map { OrderedJSON($0).members } ?? [])
                    .setting("product", to: .object(["enum": names(products.map(\.product.name))])))
        )
        members.set("allOf", to: .array(products.map(condition)))
        var definitions = root.member("$defs").map { OrderedJSON($0).members } ?? []
        definitions.set("create", to: .object(members))
        for product in products { definitions += Self.definitions(of: product) }
        return .object(OrderedJSON(root).members.setting("$defs", to: .object(definitions)))
    }

    private static func required(in create: JSONValue?, _ isRequired: Bool) -> [OrderedJSON] {
        let members = create?.member("required")?.elements.map { OrderedJSON($0) } ?? []
        return members + (isRequired ? [.string("product")] : [])
    }

    private static func names(_ names: [String]) -> OrderedJSON {
        .array(names.map(OrderedJSON.string))
    }

    private static func condition(of view: ProductView) -> OrderedJSON {
        let name = view.product.name
        return .object([
            "if": .object([
                "properties": .object(["product": .object(["const": .string(name)])]),
                "required": ["product"],
            ]),
            "then": reference("product-\(name)"),
        ])
    }

    private static func reference(_ definition: String) -> OrderedJSON {
        .object(["$ref": .string("#/$defs/\(definition)")])
    }

    /// Where a plan gives claims, only single members of the payload can be judged here.
    private static func definitions(of view: ProductView) -> [OrderedJSON.Member] {
        let name = view.product.name
        let whole = view.schema.movingReferences(to: "#/$defs/payload-\(name)")
        let single = ["type", "properties", "additionalProperties", "propertyNames"]
        let part = OrderedJSON.object(whole.members.filter { single.contains($0.name) })
        let payload = { (definition: String) in
            OrderedJSON.object(["properties": .object(["payload": reference(definition)])])
        }
        return [
            .init("payload-\(name)", whole), .init("claims-\(name)", part),
            .init(
                "product-\(name)",
                .object([
                    "title": view.product.title.map(OrderedJSON.string),
                    "properties": .object([
                        "plan": .object(["enum": names(view.plans.map(\.name))])
                    ]),
                    "if": .object(["required": ["plan"]]),
                    "then": payload("claims-\(name)"), "else": payload("payload-\(name)"),
                ])),
        ]
    }
}

extension OrderedJSON {
    /// Empty unless an object.
    fileprivate var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// A schema that stands elsewhere from now on: what points to its root points there.
    fileprivate func movingReferences(to place: String) -> OrderedJSON {
        switch self {
        case .object(let members):
            .object(
                members.map { member in
                    if Self.values.contains(member.name) { return member }
                    if member.name == "$ref", case .text(let text) = member.value {
                        let path = String(decoding: text, as: UTF8.self).dropFirst(2)
                        return Member("$ref", .text(Array("\"\(place)\(path)".utf8)))
                    }
                    return Member(member.name, member.value.movingReferences(to: place))
                })
        case .array(let elements): .array(elements.map { $0.movingReferences(to: place) })
        default: self
        }
    }

    /// Keywords whose values are no schemas.
    private static let values = ["const", "enum", "default", "examples"]
}

extension [OrderedJSON.Member] {
    fileprivate mutating func set(_ name: String, to value: OrderedJSON) {
        if let index = firstIndex(where: { $0.name == name }) {
            self[index].value = value
        } else {
            append(.init(name, value))
        }
    }

    fileprivate func setting(_ name: String, to value: OrderedJSON) -> [OrderedJSON.Member] {
        var members = self
        members.set(name, to: value)
        return members
    }
}
