import Bundles
import DurableFiles
import Failures
import SystemPackage

/// The file of the vendor's picture, which lies in the station's folder.
enum LogoFile {
    static let maximumByteCount = 256 << 10
    private static let maximumNameLength = 64
    private static let pngSignature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    /// Whether a file can be called so; no other part of a station is.
    static func isName(_ name: String) -> Bool {
        (5...maximumNameLength).contains(name.utf8.count) && !name.hasPrefix(".")
            && [".svg", ".png"].contains(name.suffix(4).lowercased())
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    /// The same, or that of one that is being written.
    static func isNameOrDraft(_ name: FileName) -> Bool {
        let text = name.description
        guard text.hasPrefix("."), text.hasSuffix(".part") else { return isName(text) }
        return isName(String(text.dropFirst().dropLast(".part".count)))
    }

    static func checkedName(_ name: String) throws(ConfigurationError) -> String {
        guard isName(name) else {
            throw ConfigurationError(
                "the setting 'vendorLogo' must name a file that lies in the station's folder, such "
                    + "as logo.svg or logo.png, in letters, digits, '.', '-' and '_'")
        }
        return name
    }

    /// The bytes of a station's own file.
    static func guardedBytes(at path: FilePath) throws(StationFailure) -> [UInt8] {
        try GuardedFile.bytes(
            at: path, upTo: maximumByteCount + 1, power: "put a picture on your customers' pages",
            need:
                "the setting 'vendorLogo' must name a plain file in the station's folder that this "
                + "user can read: put the picture there, or remove the setting")
    }

    /// The picture that these bytes are.
    static func logo(of bytes: [UInt8], at path: FilePath) throws(StationFailure) -> VendorLogo {
        try refuseIfTooLarge(bytes, at: path)
        if bytes.starts(with: pngSignature) { return VendorLogo(.png, bytes) }
        guard SVGText.isSVG(bytes) else {
            throw refusal(
                path,
                "it is neither a PNG nor an SVG: a logo must be a PNG file, or a text in UTF-8 "
                    + #"whose root is <svg xmlns="http://www.w3.org/2000/svg">"#)
        }
        return VendorLogo(.svg, bytes)
    }

    static func refuseIfTooLarge(_ bytes: [UInt8], at path: FilePath) throws(StationFailure) {
        guard bytes.count <= maximumByteCount else {
            throw refusal(path, "it is larger than 256 KiB: make the picture smaller")
        }
    }

    private static func refusal(_ path: FilePath, _ reason: String) -> StationFailure {
        StationFailure(.configuration, "\(path): \(reason)")
    }
}
