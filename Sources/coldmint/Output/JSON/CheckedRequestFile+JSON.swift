import Console
import Station
import StrictJSON

extension CheckedRequestFile: CheckedFile {
    var isValid: Bool { problems.isEmpty }

    var json: OrderedJSON {
        .object([
            "file": .string(file),
            "valid": .bool(isValid),
            "problems": isValid ? nil : .array(problems.map(\.json)),
            "approvals": approvals.map(\.json),
            "repeats": accepted.map(\.json),
        ])
    }
}

extension CheckedApprovals {
    fileprivate var json: OrderedJSON {
        .object([
            "namespace": .string(namespace), "needed": .integer(Int64(needed)),
            "signers": .array(signers.map(\.json)),
            "couldSign": .array(couldSign.map(OrderedJSON.string)),
            "remarks": .array(remarks.map(OrderedJSON.string)),
        ])
    }
}
