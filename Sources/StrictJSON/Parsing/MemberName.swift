/// A member name, compared by its decoded UTF-8 bytes. String would not do: it takes canonically
/// equivalent names, which are different names in JSON, for equal.
struct MemberName: Hashable {
    let bytes: [UInt8]

    func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}
