import Signatures
import StrictJSON

/// Why a file is not taken for a product.
package struct ProductFaults: Error, Sendable {
    /// In the order of the text; never empty.
    package let problems: [Problem]

    package init(problems: [Problem]) {
        self.problems = problems
    }
}

extension Product {
    /// Reads the file of a product strictly.
    ///
    /// - Parameters:
    ///   - name: of the file, without `.json`.
    ///   - reservedClaims: names that the claims of plans must not have.
    /// - Throws: All problems found.
    package static func parse(
        _ bytes: [UInt8], named name: String, reservedClaims: Set<String>
    ) throws(ProductFaults) -> Product {
        let (document, faults) = JSONDocument.read(bytes)
        var problems = ProblemList(limit: ProductReader.maximumProblems)
        for fault in faults { problems.add(Problem(fault)) }
        guard let document, problems.isEmpty else {
            throw ProductFaults(problems: problems.inOrder)
        }
        var reader = ProductReader(
            name: name, rules: PayloadRules(reservedClaims: reservedClaims))
        guard let product = reader.read(document.root, digest: SHA256Digest(of: bytes)) else {
            throw ProductFaults(problems: reader.problems.inOrder)
        }
        return product
    }
}
