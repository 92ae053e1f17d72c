/// What is asked for in the demo.
enum DemoRequest: String {
    /// The file's name without its ending.
    case acme, borealis, again

    static let issuer = "https://licenses.example.com"
    static let licenseName = "Acme production"

    var fileName: String { "\(rawValue).json" }

    var text: String {
        switch self {
        case .acme:
            """
            {
              "name": "\(Self.licenseName)",
              "customer": "acme-gmbh",
              "description": "Three clusters, Frankfurt",
              "payload": { "seats": 25, "plan": "pro" }
            }

            """
        case .borealis:
            """
            {
              "name": "Borealis trial",
              "customer": "Borealis AG",
              "payload": { "seats": 5, "exp": 1900000000 }
            }

            """
        case .again:
            """
            { "action": "deliver", "customer": "acme-gmbh" }

            """
        }
    }
}
