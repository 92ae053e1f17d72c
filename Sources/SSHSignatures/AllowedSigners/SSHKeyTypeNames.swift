/// The types of keys that ssh knows, by which it tells a key from options. Most of them are refused.
enum SSHKeyTypeNames {
    private static let plain = [
        "ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256",
        "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "sk-ecdsa-sha2-nistp256@openssh.com",
        "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", "ssh-xmss@openssh.com", "rsa-sha2-256",
        "rsa-sha2-512",
    ]
    private static let certificate = "-cert-v01@openssh.com"

    static func contain(_ field: [UInt8]) -> Bool {
        let name = String(decoding: field, as: UTF8.self)
        return plain.contains(name) || name.hasSuffix(certificate)
    }
}
