import Console
import LicenseRequest
import Station
import StrictJSON

extension CheckedRequestFile: CheckedFile {
    var isValid: Bool { problems.isEmpty }

    var json: OrderedJSON {
        .object([
            "file": .string(file),
            "valid": .bool(isValid),
            "problems": isValid ? nil : .array(problems.map(\.json)),
            "warnings": portabilityWarnings.isEmpty
                ? nil
                : .array(
                    portabilityWarnings.map {
                        .object([
                            "pointer": .string("\($0.pointer)"), "message": .string($0.message),
                        ])
                    }),
            "licenses": previews.isEmpty ? nil : .array(previews.map(\.json)),
            "approvals": approvals.map(\.json),
            "repeats": accepted.map(\.json),
        ])
    }
}

extension CheckedApprovals {
    fileprivate var json: OrderedJSON {
        .object([.init("namespace", .string(namespace))] + approvals.members)
    }
}
