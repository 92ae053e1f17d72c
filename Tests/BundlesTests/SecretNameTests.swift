import Testing

@testable import Bundles

struct SecretNameTests {
    @Test(arguments: [
        ("license-{customer}-{product}", "license-acme-server"),
        ("{product}.{customer}", "server.acme"),
        ("{name}", "acme-production"), ("the-license", "the-license"),
    ])
    func `a pattern makes a name of customer, product and license`(pattern: String, name: String) {
        let made = SecretName.Pattern(pattern)?.name { field in
            switch field {
            case .customer: "acme"
            case .product: "server"
            case .name: "acme-production"
            }
        }
        #expect(made?.description == name)
    }

    @Test(arguments: [
        "", "License", "a b", "{vendor}", "{customer", "-{customer}", "{customer}-", "a..b", "a\nb",
        "a_b", #"a"b"#, String(repeating: "a", count: 61),
    ])
    func `what makes no name for Kubernetes is no pattern`(text: String) {
        #expect(SecretName.Pattern(text) == nil)
    }
}
