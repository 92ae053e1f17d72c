import Support

/// A browser without a window, driven by browse.py.
enum Browser: String, Sendable, CaseIterable {
    case chromium
    case firefox

    enum Scheme: String, Sendable, CaseIterable {
        case light
        case dark
    }

    /// What is to be seen on a page of the bench.
    func look(
        at page: String, of bench: Workbench, _ scheme: Scheme = .light
    ) async throws -> JSONTree {
        let answer = try await bench.run(
            "/usr/bin/python3",
            [
                "\(Workbench.repository)/Tests/BrowserTests/browse.py", rawValue, scheme.rawValue,
                page,
            ])
        guard answer.status == 0 else { throw WorkbenchError(description: answer.errors) }
        return try answer.json()
    }
}
