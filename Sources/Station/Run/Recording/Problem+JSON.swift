package import LicenseRequest
package import StrictJSON

extension Problem {
    /// `{"code":…,"pointer":…,"line":…,"column":…,"message":…}`
    package var json: OrderedJSON {
        .object([
            "code": .string(code.rawValue),
            "pointer": .string(pointer.description),
            "line": position.map { .integer(Int64($0.line)) },
            "column": position.map { .integer(Int64($0.column)) },
            "requestId": requestID.map(OrderedJSON.string),
            "message": .string(message),
        ])
    }
}
