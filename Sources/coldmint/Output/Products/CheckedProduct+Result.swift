import Console
import LicenseRequest
import Station
import StrictJSON

extension CheckedProduct: CheckedFile {
    var isValid: Bool { problems.isEmpty }
    var warnings: [String] { [] }

    var lines: [String] {
        guard let product else { return problems.map { $0.line(of: file) } }
        return [
            "\(file): good, the product '\(product.product.name)' with "
                + counted(product.plans.count, "plan")
        ]
    }

    var json: OrderedJSON {
        .object([
            "file": .string(file), "valid": .bool(isValid),
            "problems": isValid ? nil : .array(problems.map(\.json)),
        ])
    }
}
