import Console
import LicenseRequest
import Station
import StrictJSON

extension CheckedRequestFile {
    var lines: [String] {
        if let accepted {
            return [
                "\(file): repeats \(accepted.file) of run \(accepted.run): a run would change nothing"
            ]
        }
        if problems.isEmpty {
            let rest = previews.isEmpty ? 0 : creationCount - previews.count
            return ["\(file): good, \(counted(requestCount, "request"))\(approvals?.summary ?? "")"]
                + previews.flatMap(\.lines) + (rest > 0 ? ["  and \(rest) more"] : [])
        }
        return problems.map { $0.line(of: file) }
    }
}

extension CheckedApprovals {
    /// `, signed by alice@example.com (1 of 1) for coldmint-request@licenses.example.com`
    fileprivate var summary: String {
        ", signed by \(approvals.signers.map(\.name).joined(separator: ", ")) "
            + "(\(approvals.signers.count) of \(approvals.needed)) for \(namespace)"
    }
}

extension Problem {
    /// `file:line:column: message (code, at pointer)`, as compilers write it.
    func line(of file: String) -> String {
        let location = position.map { ":\($0.line):\($0.column)" } ?? ""
        let path = pointer.description
        return
            "\(file)\(location): \(message) (\(code.rawValue)\(path.isEmpty ? "" : ", at \(path)"))"
    }
}
