import CNettle
import CSodium

/// Base64 (RFC 4648) in constant time, so that secrets may pass through it too.
package enum Base64: Sendable {
    /// Section 4, padded.
    case standard
    /// Section 5, without padding, as JWS wants it (RFC 7515, section 2).
    case url

    private var variant: Int32 {
        switch self {
        case .standard: sodium_base64_VARIANT_ORIGINAL
        case .url: sodium_base64_VARIANT_URLSAFE_NO_PADDING
        }
    }

    package func encode(_ bytes: [UInt8]) -> [UInt8] {
        let room = sodium_base64_encoded_len(bytes.count, variant)
        return [UInt8](unsafeUninitializedCapacity: room) { text, used in
            bytes.withUnsafeBytes { encode($0, into: UnsafeMutableRawBufferPointer(text)) }
            used = room - 1  // without the terminating NUL
        }
    }

    /// The same text, several times as fast, by tables: for bytes that are no secret.
    package func encodePublic(_ bytes: [UInt8]) -> [UInt8] {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4)
        text.withUnsafeMutableBufferPointer { text in
            guard let start = text.baseAddress else { return }
            start.withMemoryRebound(to: CChar.self, capacity: text.count) {
                nettle_base64_encode_raw($0, bytes.count, bytes)
            }
        }
        guard case .url = self else { return text }
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "+"): text[index] = UInt8(ascii: "-")
            case UInt8(ascii: "/"): text[index] = UInt8(ascii: "_")
            default: break
            }
        }
        text.removeLast(text.count - (bytes.count * 4 + 2) / 3)
        return text
    }

    package func encodeToString(_ bytes: [UInt8]) -> String {
        String(decoding: encode(bytes), as: UTF8.self)
    }

    /// `nil` for anything but the one canonical text. Foreign characters, white space, padding
    /// where none belongs and stray bits in the last character are refused.
    package func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        let characters = Array(text)
        var isCanonical = false
        let room = characters.count / 4 * 3 + 3
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
            let count = characters.withUnsafeBytes {
                decode($0, into: UnsafeMutableRawBufferPointer(buffer))
            }
            isCanonical = count != nil
            used = count ?? 0
        }
        return isCanonical ? bytes : nil
    }

    /// Writes the text and a NUL; the output must have room for both.
    package func encode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer)
    {
        guard let text = output.baseAddress else { return }
        _ = sodium_bin2base64(
            text.assumingMemoryBound(to: CChar.self), output.count,
            input.baseAddress?.assumingMemoryBound(to: UInt8.self), input.count, variant)
    }

    /// Returns how many bytes the text stood for, or `nil` where it is not canonical or does not
    /// fit.
    ///
    /// - Parameter ignored: characters to skip. NUL is then skipped too, since it ends a C string.
    package func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
        ignoring ignored: String? = nil
    ) -> Int? {
        guard let bytes = output.baseAddress else { return nil }
        // libsodium takes some bytes beyond ASCII for the last of the 64 characters.
        guard input.reduce(0, |) < 0x80 else { return nil }
        var count = 0
        var end: UnsafePointer<CChar>?
        let start = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        let status = sodium_base642bin(
            bytes.assumingMemoryBound(to: UInt8.self), output.count, start, input.count, ignored,
            &count, &end, variant)
        guard status == 0, end == start.map({ $0 + input.count }) else { return nil }
        return count
    }
}
