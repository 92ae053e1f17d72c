import LicenseToken
import Signatures
import Signing
import SystemPackage

extension SigningKey {
    /// A new key whose thumbprint does not begin with a hyphen, as every 64th does: every command
    /// line would take it for an option.
    static func generateWithPlainThumbprint() throws(StationFailure) -> SigningKey {
        while true {
            let key = try mappingKeyErrors(at: "new key") { () throws(SigningError) in
                try generate()
            }
            if !KeyID(of: key.verificationKey).description.hasPrefix("-") { return key }
        }
    }
}

extension PrivateKeyPEM {
    /// Reads a PKCS#8 PEM that nobody else can read.
    static func read(_ path: FilePath) throws(StationFailure) -> SigningKey {
        let text = try SecretFile.read(path, upTo: maximumByteCount)
        return try mappingKeyErrors(at: path.string) { () throws(SigningError) in try decode(text) }
    }
}
