import DurableFiles
import Failures
import LicenseRequest
import StrictJSON
import SystemPackage

/// A folder of product files, `NAME.json`. Other files in it are nobody's business.
struct ProductFolder {
    static let fileExtension = "json"
    private static let suffix = ".\(fileExtension)"
    /// Of one file; and so many files at most.
    static let maximumByteCount = 1 << 20
    static let sizeFault = "larger than \(maximumByteCount) bytes, the limit of a product"
    private static let maximumCount = 1000

    typealias File = (name: FileName, text: [UInt8])

    let path: FilePath
    /// Whether nobody but this user may be able to change what is in it.
    let isGuarded: Bool

    /// Whether a name is that of a product's file.
    static func isProduct(_ name: FileName) -> Bool {
        let text = name.description
        return text.hasSuffix(suffix) && !text.hasPrefix(".")
    }

    /// The same, or that of one that is being written.
    static func isProductOrDraft(_ name: FileName) -> Bool {
        let text = name.description
        return isProduct(name) || text.hasPrefix(".") && text.hasSuffix("\(suffix).part")
    }

    /// What these files of the folder say.
    ///
    /// - Parameter status: how a command ends where one has faults.
    func catalog(
        of files: [File], reserving claims: Set<String>,
        _ status: ExitStatus = .configuration
    ) throws(StationFailure) -> ProductCatalog {
        var products: [Product] = []
        var texts: [[UInt8]] = []
        for (file, text) in files {
            let name = String(file.description.dropLast(Self.suffix.count))
            let path = path.appending(file.description)
            do throws(ProductFaults) {
                products.append(try Product.parse(text, named: name, reservedClaims: claims))
            } catch {
                throw StationFailure(status, error.summary(of: path))
            }
            texts.append(text)
        }
        return ProductCatalog(products: products, texts: texts)
    }

    /// The product files, by their names; none where a station has no such folder.
    func files() throws(StationFailure) -> [File] {
        guard let names = try names() else { return [] }
        let count = names.count
        guard count <= Self.maximumCount else {
            throw StationFailure(
                .configuration,
                "\(path): \(count) files of products, the limit is \(Self.maximumCount): remove those "
                    + "that are not sold")
        }
        var files: [File] = []
        for name in names { files.append((name, try text(of: path.appending(name.description)))) }
        return files
    }

    /// `nil` where there is no such folder.
    private func names() throws(StationFailure) -> [FileName]? {
        do throws(FileSystemError) {
            if isGuarded, try FileStatus(of: path, followingLinks: false).kind == .symbolicLink {
                throw FileSystemError.untrusted(
                    path.string,
                    "it is a link, and others may change where it leads: put the folder itself there"
                )
            }
            return try Folder(opening: path).names()
                .filter(Self.isProduct)
                .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        } catch {
            if error.errno == .noSuchFileOrDirectory && isGuarded { return nil }
            guard isGuarded else { throw StationFailure(readingNamedFile: error) }
            throw StationFailure(
                .configuration,
                error.operation == .trust
                    ? error.description
                    : "\(error): the products of a station are files in a folder that its user can "
                        + "read", cause: .fileSystem(error))
        }
    }

    private func text(of file: FilePath) throws(StationFailure) -> [UInt8] {
        let text =
            isGuarded
            ? try GuardedFile.bytes(
                at: file, upTo: Self.maximumByteCount + 1, power: "say what may be sold",
                need: "a product must be a plain file that this user can read")
            : try Self.text(named: file)
        guard text.count <= Self.maximumByteCount else {
            throw StationFailure(
                .configuration,
                "\(file): \(Self.sizeFault)")
        }
        return text
    }

    /// The bytes of a file that the caller has named.
    static func text(named path: FilePath) throws(StationFailure) -> [UInt8] {
        do throws(FileSystemError) {
            return try ReadableFile.regular(at: path, followingLinks: true)
                .read(upTo: maximumByteCount + 1)
        } catch {
            throw StationFailure(readingNamedFile: error)
        }
    }
}

extension ProductFaults {
    /// The first fault, and how many more there are.
    fileprivate func summary(of path: FilePath) -> String {
        guard let first = problems.first else { return "\(path): it cannot be read" }
        let place = first.position.map { ":\($0.line):\($0.column)" } ?? ""
        let more = problems.count - 1
        return "\(path)\(place): \(first.message)"
            + (more > 0 ? "; \(more) more: 'coldmint products check \(path)' lists all" : "")
    }
}
