import Failures
package import LicenseRequest
import LicenseToken
package import SystemPackage

/// What was made of a product's file.
package struct CheckedProduct: Sendable {
    package let file: String
    /// `nil` where it has problems.
    package let product: ProductView?
    package let problems: [Problem]
}

extension ProductView {
    /// The products of a folder that is named, or those of the station, by their names.
    package static func all(
        in folder: FilePath?, or station: StationFolder?
    ) throws(StationFailure) -> [ProductView] {
        let configuration = try station?.readConfiguration() ?? Configuration(issuer: "")
        let catalog = try ProductCatalog.named(folder, or: station, configuration) ?? .empty
        return zip(catalog.products, catalog.texts).map { ProductView($0, text: $1) }
    }
}

extension CheckedProduct {
    /// Reads a file as a run would read it in a station's folder.
    ///
    /// - Parameter station: whose reserved claims hold; otherwise those of every station.
    package init(
        _ file: String, of station: StationFolder?
    ) throws(StationFailure) {
        let configuration =
            try station?.readConfiguration() ?? Configuration(issuer: "")
        let path = FilePath(file)
        let text = try ProductFolder.text(named: path)
        let name = path.stem ?? ""
        self.file = file
        do throws(ProductFaults) {
            guard path.extension == ProductFolder.fileExtension else {
                throw ProductFaults(
                    problems: [
                        Problem(
                            .invalidValue,
                            "a product's file is called NAME.json, NAME being what requests call it"
                        )
                    ])
            }
            guard text.count <= ProductFolder.maximumByteCount else {
                throw ProductFaults(problems: [Problem(.tooLarge, ProductFolder.sizeFault)])
            }
            let product = try Product.parse(
                text, named: name, reservedClaims: configuration.allReservedClaims)
            self.product = ProductView(product, text: text)
            problems = []
        } catch {
            product = nil
            problems = error.problems
        }
    }
}
