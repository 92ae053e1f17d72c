import SSHSignatures
import Signatures
import Support

/// Makes other signatures out of good ones. The same seed makes the same ones.
struct SignatureMutator {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// - Parameter bases: armored; another one than the first may lend a field.
    mutating func mutant(of bases: [String]) -> [UInt8] {
        guard let base = bases.randomElement(using: &random),
            let other = bases.randomElement(using: &random)
        else { return [] }
        var blob = Self.blob(in: base)
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<2: changeBytes(&blob)
        case 2..<7: blob = withChangedFields(blob, lentBy: Self.blob(in: other))
        default: break
        }
        var text = armored(blob)
        if Int.random(in: 0..<3, using: &random) == 0 { changeArmor(&text) }
        return text
    }

    // MARK: - Bytes

    private mutating func changeBytes(_ bytes: inout [UInt8]) {
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            guard let place = bytes.indices.randomElement(using: &random) else { return }
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 3: bytes.remove(at: place)
            default: bytes.removeLast(Int.random(in: 0..<min(80, bytes.count), using: &random))
            }
        }
    }

    // MARK: - Fields

    /// Magic and version, then public key, namespace, reserved, hash and signature.
    private mutating func withChangedFields(_ blob: [UInt8], lentBy other: [UInt8]) -> [UInt8] {
        var fields = Self.strings(in: Array(blob.dropFirst(10)))
        let foreign = Self.strings(in: Array(other.dropFirst(10)))
        var head = Array(blob.prefix(10))
        guard fields.count == 5, foreign.count == 5 else { return blob }
        let place = Int.random(in: 0..<5, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0: fields[place] = foreign[place]
        case 1: fields.swapAt(place, Int.random(in: 0..<5, using: &random))
        case 2: fields[place].append(contentsOf: extra())
        case 3: fields.remove(at: place)
        case 4: fields[2] = extra()
        case 5: head[9] = UInt8.random(in: 0...3, using: &random)
        case 6:
            let hashes = ["sha1", "sha256", "sha384", "sha512", "SHA512", "md5", "", "sha512,x"]
            fields[3] = Array((hashes.randomElement(using: &random) ?? "").utf8)
        case 7: changeInner(&fields[0])
        default: changeInner(&fields[4])
        }
        var changed = head
        for field in fields { changed += Self.string(field) }
        return Bool.random(using: &random) ? changed : changed + extra()
    }

    /// Of a public key or a signature: its own strings, and what follows them.
    private mutating func changeInner(_ bytes: inout [UInt8]) {
        var parts = Self.strings(in: bytes)
        guard parts.count >= 2 else { return }
        let rest = bytes.suffix(bytes.count - parts.reduce(0) { $0 + $1.count + 4 })
        switch Int.random(in: 0..<7, using: &random) {
        case 0: parts[0].append(0)
        case 1:
            let types = ["ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ssh-rsa", "SSH-ED25519"]
            parts[0] = Array((types.randomElement(using: &random) ?? "").utf8)
        case 2: parts[1].append(contentsOf: extra())
        case 3: parts[1].removeLast(min(parts[1].count, 1))
        case 4: parts.append(extra())
        case 5: parts[parts.count - 1].append(0)
        default: addOrder(to: &parts[1])
        }
        bytes = parts.flatMap(Self.string) + rest
        if Int.random(in: 0..<6, using: &random) == 0 { bytes += extra() }
    }

    private func addOrder(to signature: inout [UInt8]) {
        let order = Hex.decode(
            "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010".utf8)
        guard let order, signature.count == 64 else { return }
        var carry = 0
        for index in 0..<32 {
            let sum = Int(signature[32 + index]) + Int(order[index]) + carry
            signature[32 + index] = UInt8(sum & 0xff)
            carry = sum >> 8
        }
    }

    private mutating func extra() -> [UInt8] {
        let bytes: [[UInt8]] = [[0], [], [0, 0, 0, 0], [0x0a], Array("x".utf8), [0xff]]
        return bytes.randomElement(using: &random) ?? []
    }

    private static func string(_ bytes: [UInt8]) -> [UInt8] {
        (0..<4).map { UInt8(bytes.count >> (24 - 8 * $0) & 0xff) } + bytes
    }

    /// As many whole ones as stand at the beginning.
    private static func strings(in bytes: [UInt8]) -> [[UInt8]] {
        var strings: [[UInt8]] = []
        var rest = bytes[...]
        while rest.count >= 4 {
            let count = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 4 + count else { break }
            strings.append(Array(rest.dropFirst(4).prefix(count)))
            rest = rest.dropFirst(4 + count)
        }
        return strings
    }

    // MARK: - Armor

    private static func blob(in armored: String) -> [UInt8] {
        let lines = armored.split(separator: "\n").dropFirst().dropLast()
        return Base64.standard.decode(lines.joined().utf8) ?? []
    }

    private mutating func armored(_ blob: [UInt8]) -> [UInt8] {
        let widths = [70, 70, 70, 70, 76, 64, 1, 7, 4000]
        let width = widths.randomElement(using: &random) ?? 70
        var text = Array("-----BEGIN SSH SIGNATURE-----\n".utf8)
        let base64 = Base64.standard.encode(blob)
        for start in stride(from: 0, to: base64.count, by: width) {
            text += base64[start...].prefix(width) + [0x0a]
        }
        return text + Array("-----END SSH SIGNATURE-----\n".utf8)
    }

    private mutating func changeArmor(_ text: inout [UInt8]) {
        let pieces = [
            " ", "\t", "\r", "\n", "\0", "\u{b}", "=", "==", "x", "-", "\r\n", "é", "\n\n",
            "-----END SSH SIGNATURE-----\n", "-----BEGIN SSH SIGNATURE-----\n",
        ]
        let piece = Array((pieces.randomElement(using: &random) ?? "").utf8)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: text += piece
        case 1: text = piece + text
        case 2...3:
            let place = Int.random(in: 0...text.count, using: &random)
            text.insert(contentsOf: piece, at: place)
        case 4: text += text
        case 5: text.removeLast(Int.random(in: 1...text.count, using: &random))
        case 6:
            let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
            text = Array(lines.joined(separator: Array("\r\n".utf8)))
        default: changeBytes(&text)
        }
    }
}
