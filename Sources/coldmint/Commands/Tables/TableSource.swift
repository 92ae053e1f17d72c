import DurableFiles
import Failures
import LicenseRequest
import RequestTables
import SystemPackage
import Tables

/// Reads what requests are made of, as the options say.
struct TableSource {
    let mappings: [String]
    let constants: [String]

    /// Far more than is read as a table: that it is too large is said by the table's reader.
    private static let maximumByteCount = TableReader.Limits().bytes + 1

    static func bytes(at path: String, upTo limit: Int) throws(CommandFailure) -> [UInt8] {
        do throws(FileSystemError) {
            return try ReadableFile.rereadable(at: FilePath(path), limit: limit)
                .read(upTo: limit)
        } catch {
            throw CommandFailure(readingNamedFile: error)
        }
    }

    static func tableBytes(at path: String) throws(CommandFailure) -> [UInt8] {
        try bytes(at: path, upTo: maximumByteCount)
    }

    func table(at path: String, products: KnownProducts) throws(CommandFailure) -> RequestTable {
        let bytes = try Self.tableBytes(at: path)
        return try Self.asking { () throws(TableOptions.Fault) in
            let options = try TableOptions(mappings: mappings, constants: constants)
            return try RequestTable(csv: bytes, options, products: products)
        }
    }

    func activation(
        at path: String, products: KnownProducts
    ) throws(CommandFailure) -> RequestTable {
        let activation: Activation
        let bytes = try Self.bytes(at: path, upTo: Activation.maximumByteCount + 1)
        guard bytes.count <= Activation.maximumByteCount else {
            throw CommandFailure(.dataError, "\(path): too large for an activation file")
        }
        do throws(Activation.Fault) {
            activation = try Activation(bytes)
        } catch {
            throw CommandFailure(
                .dataError, error.messages.map { "\(path): \($0)" }.joined(separator: "; "))
        }
        return try Self.asking { () throws(TableOptions.Fault) in
            try activation.table(mappings: mappings, constants: constants, products: products)
        }
    }

    private static func asking<Value>(
        _ body: () throws(TableOptions.Fault) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(TableOptions.Fault) {
            return try body()
        } catch {
            throw CommandFailure(.usage, error.message)
        }
    }
}
