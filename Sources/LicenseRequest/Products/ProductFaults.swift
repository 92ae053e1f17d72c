import Signatures
import StrictJSON

/// Why a file is not taken for a product.
package struct ProductFaults: Error, Sendable {
    /// In the order of the text; never empty.
    package let problems: [Problem]
}

extension Product {
    /// Reads the file of a product strictly.
    ///
    /// - Parameters:
    ///   - name: of the file, without `.json`.
    ///   - rules: what the station asks of payloads, which plans have to keep.
    /// - Throws: All problems found.
    package static func parse(
        _ bytes: [UInt8], named name: String, rules: RequestRules
    ) throws(ProductFaults) -> Product {
        let (document, faults) = JSONDocument.read(bytes)
        var problems = ProblemList(limit: rules.maximumProblems)
        for fault in faults { problems.add(Problem(fault)) }
        guard let document, problems.isEmpty else {
            throw ProductFaults(problems: problems.inOrder)
        }
        var reader = ProductReader(name: name, rules: rules.payloads)
        guard let product = reader.read(document.root, digest: SHA256Digest(of: bytes)) else {
            throw ProductFaults(problems: reader.problems.inOrder)
        }
        return product
    }
}
