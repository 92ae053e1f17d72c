/// Names in IANA's registry of JSON Web Token claims, which a license does not use for what they are
/// registered for.
enum RegisteredClaims {
    private static let names: [(source: String, names: Set<String>)] = [
        (
            "OpenID Connect",
            [
                "name", "given_name", "family_name", "middle_name", "nickname",
                "preferred_username", "profile", "picture", "website", "email", "email_verified",
                "gender", "birthdate", "zoneinfo", "locale", "phone_number",
                "phone_number_verified", "address", "updated_at", "azp", "nonce", "auth_time",
                "at_hash", "c_hash", "acr", "amr", "sub_jwk", "sid",
            ]
        ),
        ("RFC 7800", ["cnf"]),
        ("RFC 8417", ["events", "toe", "txn"]),
        ("RFC 8693", ["act", "scope", "client_id", "may_act"]),
        ("RFC 9068", ["roles", "groups", "entitlements"]),
        ("RFC 9449", ["htm", "htu", "ath"]),
        ("RFC 9701", ["token_introspection"]),
        ("W3C's Verifiable Credentials", ["vc", "vp"]),
    ]

    /// The specification that gives a claim of this name a meaning.
    static func source(of name: String) -> String? {
        names.first { $0.names.contains(name) }?.source
    }
}
