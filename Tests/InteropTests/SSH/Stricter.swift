import SSHSignatures
import Signatures

/// Why Coldmint refuses what ssh-keygen accepts: the words with which each point of
/// docs/ssh-signatures.md begins. There is no other reason.
enum Stricter: String, CaseIterable {
    // A signature.
    case base64 = "Nothing but base64"
    case textAfterEnd = "Nothing after the last line"
    case signatureSize = "At most 16,384 bytes"
    case version = "Version 1"
    case reservedField = "An empty reserved field"
    case zeroBytes = "No zero byte"
    case namespace = "A namespace in plain text"
    case keyTypes = "Two types of keys"
    case mainGroup = "Keys of the main group"
    case oneSignature = "One signature of a text"
    case presence = "Somebody was there"
    // A list.
    case wholeList = "All lines or none"
    case characters = "Plain text"
    case names = "A name is one name"
    case people = "Two people are two"
    case options = "No empty option"
    case times = "Times in UTC"
    case listSize = "At most 1,048,576 bytes"
}

extension Stricter {
    /// `nil` where ssh-keygen must have refused too.
    init?(_ verdict: OwnVerdict, to question: SSHKeygen.Question, file: [UInt8]) {
        switch verdict {
        case .counts: return nil
        case .noSignature(let error): self.init(error, in: question.signature)
        case .noList(let faults): self.init(faults, in: question, file: file)
        case .doesNotCount(.noUserPresence): self = .presence
        case .doesNotCount: return nil
        case .doesNotFit(let signature):
            guard Self.isOneOfSeveral(signature) else { return nil }
            self = .oneSignature
        }
    }

    private init?(_ error: SSHFormatError, in text: [UInt8] = []) {
        switch error {
        case .tooLong: self = .signatureSize
        // Since 9.5 the first line may end with CR and LF.
        case .noBeginning where text.contains(UInt8(ascii: "\r")): self = .base64
        case .textAfterEnd: self = .textAfterEnd
        case .notBase64: self = .base64
        case .unsupportedVersion(0): self = .version
        case .reservedField: self = .reservedField
        case .namespaceNotText: self = .namespace
        // A zero byte is shown as a question mark.
        case .unsupportedHash(let name) where name.hasSuffix("?"),
            .unsupportedKeyType(let name) where name.hasSuffix("?"),
            .otherSignatureType(let name) where name.hasSuffix("?"):
            self = .zeroBytes
        case .applicationWithNUL: self = .zeroBytes
        case .unsupportedKeyType: self = .keyTypes
        case .weakKey: self = .mainGroup
        default: return nil
        }
    }

    private init?(
        _ faults: [AllowedSignersError.Fault], in question: SSHKeygen.Question, file: [UInt8]
    ) {
        let line = UInt8(ascii: "\n")
        let alone = question.list.split(separator: line).map { bytes in
            var single = question
            single.list = Array(bytes) + [line]
            return single
        }
        let reasons = faults.map(\.reason).compactMap(Self.init(reason:))
        if alone.contains(where: { OwnVerdict(to: $0, file: file).person != nil }) {
            self = reasons.first { [.people, .listSize].contains($0) } ?? .wholeList
        } else if let reason = reasons.first {
            self = reason
        } else {
            return nil
        }
    }

    private init?(reason: AllowedSignersError.Reason) {
        switch reason {
        case .tooLong: self = .listSize
        case .zeroByte, .notUTF8, .byteOrderMark, .control: self = .characters
        case .emptyName, .patternInName, .quoteInName, .hiddenInName, .longName: self = .names
        case .sameNameInOtherCase, .nameOfAnother, .keyOfAnother: self = .people
        case .emptyOption: self = .options
        case .noSuchTime: self = .times
        case .badKey(let error): self.init(error)
        default: return nil
        }
    }

    /// Whether S is not below the order of the group, or R is of small order.
    private static func isOneOfSeveral(_ signature: SSHSignature) -> Bool {
        let tail = signature.presence == nil ? 0 : 5
        let value = Array(signature.blob.dropLast(tail).suffix(Signature.byteCount))
        let order = Hex.decode(
            "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed".utf8)
        let isLarge = !value.suffix(32).reversed().lexicographicallyPrecedes(order ?? [])
        return isLarge || smallOrder.contains(Hex.encode(value.prefix(32)))
    }

    private static let smallOrder: Set = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ]
}
