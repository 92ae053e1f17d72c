import DurableFiles
import Failures
import LicenseToken
package import SystemPackage

extension ProductCatalog {
    /// The products of a folder that the caller has named, or those of the station; `nil` where there
    /// is neither, so that nobody can tell.
    static func named(
        _ folder: FilePath?, or station: StationFolder?, _ configuration: Configuration
    ) throws(StationFailure) -> ProductCatalog? {
        guard let folder else {
            return try station.map { station throws(StationFailure) in
                try station.readProducts(configuration)
            }
        }
        let products = ProductFolder(path: folder, isGuarded: false)
        return try products.catalog(
            of: try products.files(), reserving: configuration.allReservedClaims, .dataError)
    }
}

extension StationFolder {
    static let productsName = FileName("products")

    /// What may be sold.
    package var products: FilePath { path.appending(Self.productsName.description) }

    var productFolder: ProductFolder { ProductFolder(path: products, isGuarded: true) }

    /// What products of earlier runs came to.
    private static let lastCatalog = LastParsed<ProductCatalog>()

    /// Reads all that a person may have written into the station.
    func checkSettings() throws(StationFailure) {
        let configuration = try readConfiguration()
        _ = try readApprovalPolicy(configuration)
        _ = try readProducts(configuration)
        _ = try readPresentation(configuration)
    }

    /// Reads the products, under the rules of this configuration.
    func readProducts(
        _ configuration: Configuration
    ) throws(StationFailure) -> ProductCatalog {
        let folder = productFolder
        let files = try folder.files()
        guard !files.isEmpty else { return .empty }
        // Everything that the outcome depends on.
        var key = configuration.reservedClaims.flatMap { Array("\($0)\0".utf8) }
        for file in files { key += file.name.bytes + [0] + file.text + [0] }
        return try Self.lastCatalog.value(of: key) { _ throws(StationFailure) in
            try folder.catalog(of: files, reserving: configuration.allReservedClaims)
        }
    }
}
