import Support
import Testing

extension ChangedHistoryScenarios {
    /// Somebody changes the ledger who can write to it, but not sign: an audit says what was touched.
    @Suite struct ManipulationScenarios {
        @Test func `an audit finds a station well that nobody has touched`() async throws {
            let bench = try await LogStation.copy()
            // The attacks' own means must be no finding.
            try await LogStation.change(bench, "pass")
            let audit = try await bench.coldmint("audit")
            #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
        }

        @Test(arguments: Manipulation.all)
        func `an audit says what was touched`(manipulation: Manipulation) async throws {
            let bench = try await LogStation.copy()
            try await LogStation.change(bench, manipulation.code)
            let audit = try await bench.coldmint("audit")
            #expect(audit.status == 65)
            for finding in manipulation.findings {
                #expect(audit.output.contains(finding), "\(audit.output)\(audit.errors)")
            }
            #expect(!audit.output.contains("triggers were changed"))
        }
    }
}
