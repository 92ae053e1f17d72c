import ArgumentParser
import SystemPackage

/// Which products requests are held against, where no station says so.
struct ProductsOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Hold requests against the products in this folder.", valueName: "dir"))
    var products: String?

    var folder: FilePath? { products.map { FilePath($0) } }
}
