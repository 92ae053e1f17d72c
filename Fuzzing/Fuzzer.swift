import CFuzzer
import Foundation

/// Hands one input of libFuzzer's after the other to the reader that COLDMINT_FUZZ names.
///
/// A crash, an answer that takes too long, and too much memory are libFuzzer's to notice. The
/// readers add what must hold of every input that they accept.
@main
private enum Fuzzer {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
            CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
                Fuzzer.test(Array(UnsafeBufferPointer(start: bytes, count: count)))
                return 0
            })
    }

    private static let test: @Sendable ([UInt8]) -> Void = {
        let name = ProcessInfo.processInfo.environment["COLDMINT_FUZZ"] ?? ""
        guard let test = readers[name] else {
            fatalError("COLDMINT_FUZZ must be one of \(readers.keys.sorted())")
        }
        return test
    }()

    private static let readers: [String: @Sendable ([UInt8]) -> Void] = [
        "request": testRequest, "bundle": testBundle, "signed-bundle": testSignedBundle,
        "token": testToken, "key": testKey, "ssh-signature": testSSHSignature,
        "signers": testSigners, "log": testLog,
    ]
}

/// What a reader promises does not hold: libFuzzer keeps the input and says where.
func require(_ condition: Bool, _ promise: String) {
    if !condition { fatalError(promise) }
}
