/// A template that is the same for every license but for some fields: rendered once, with marks in
/// their index, and then filled in for each license.
struct FormTemplate: Sendable {
    static let environment = FormTemplate(
        BundleTemplate("license.env", PackageResources.license_env_mustache), fields: ["token"])
    static let secret = FormTemplate(
        BundleTemplate(
            "kubernetes-secret.yaml", PackageResources.kubernetes_secret_yaml_mustache),
        fields: ["secretName", "customer", "id", "productLabel", "base64Token"])
    /// Of bundles of the first form.
    static let firstSecret = FormTemplate(
        BundleTemplate(
            "first-kubernetes-secret.yaml",
            PackageResources.first_kubernetes_secret_yaml_mustache),
        fields: ["secretName", "base64Token"])
    static let values = FormTemplate(
        BundleTemplate("helm-values.yaml", PackageResources.helm_values_yaml_mustache),
        fields: ["token"])

    private enum Part {
        case text([UInt8])
        case field(Int)
    }

    private let parts: Result<[Part], BundleError>

    private init(_ template: BundleTemplate, fields: [String]) {
        parts = Result { () throws(BundleError) in
            // No template holds U+0000, which opens and closes a mark.
            let marks = fields.indices.map { TemplateValue.text("\0\($0)\0") }
            let values = Dictionary(uniqueKeysWithValues: zip(fields, marks))
            let pieces = try template.render(values)
                .split(separator: 0, omittingEmptySubsequences: false)
            return pieces.enumerated().map { index, piece in
                let isField = index % 2 == 1
                return isField
                    ? .field(Int(String(decoding: piece, as: UTF8.self)) ?? 0) : .text(Array(piece))
            }
        }
    }

    /// The values stand in the order of the fields.
    func filled(_ values: [[UInt8]]) throws(BundleError) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in try parts.get() {
            switch part {
            case .text(let text): bytes += text
            case .field(let index): bytes += values[index]
            }
        }
        return bytes
    }
}
