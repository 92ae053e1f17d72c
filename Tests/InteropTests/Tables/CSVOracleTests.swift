import Support
import Testing

/// Python's csv is the other opinion on what a table says.
@Suite(.tags(.manyRuns), .long) struct CSVOracleTests {
    @Test func `tables that Python writes are read, and what is printed Python reads the same`()
        async throws
    {
        let bench = try Workbench()
        let answer = try await bench.run(
            "/usr/bin/python3",
            ["\(Workbench.repository)/Tests/InteropTests/Tables/tables.py", Workbench.binary])
        #expect(answer.status == 0, "\(answer.errors)")
        #expect((Int(answer.output.dropLast()) ?? 0) > 3000)
    }
}
