import Support
import Testing

@Suite(.tags(.manyRuns), .long) struct ActivationScenarios {
    private static let id = "00112233445566778899aabbccddeeff"

    private func requests(
        _ activation: String, _ arguments: String...
    ) async throws -> Workbench.Answer {
        let bench = try Workbench()
        try bench.write(activation, to: "a.json")
        return try await bench.run(
            Workbench.binary, ["requests", "--activation", "a.json"] + arguments)
    }

    @Test func `an activation file becomes a request`() async throws {
        let answer = try await requests(
            #"{"deployment":"\#(Self.id)","product":"p","note":"rack 4"}"#, "--set", "name=A",
            "--set", "customer=acme", "--set", "payload.seats=25")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(
            answer.output == """
                [
                {"requestId":"activation of \(Self.id)","name":"A","customer":"acme",\
                "description":"rack 4","product":"p","payload":{"deployment":"\(Self.id)","seats":25}}
                ]

                """)
    }

    @Test func `its members go where the seller says`() async throws {
        let answer = try await requests(
            #"{"deployment":"\#(Self.id)","product":"p","note":"x"}"#, "--map",
            "deployment=payload.bound.to", "--map", "product=", "--map", "note=", "--map",
            "supersedes=", "--set", "product=q", "--set", "name=A", "--set", "customer=acme",
            "--set", "requestId=7")
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(
            answer.output == """
                [
                {"requestId":"7","name":"A","customer":"acme","product":"q",\
                "payload":{"bound":{"to":"\(Self.id)"}}}
                ]

                """)
    }

    @Test func `an id of digits alone stays a text`() async throws {
        let id = String(repeating: "1", count: 32)
        let answer = try await requests(
            #"{"deployment":"\#(id)"}"#, "--set", "name=A", "--set", "customer=acme")
        #expect(answer.output.contains(#""payload":{"deployment":"\#(id)"}"#), "\(answer.errors)")
    }

    @Test(arguments: [
        ("{", 65, "a.json: line 1, column 2"), ("[]", 65, "an activation file is a JSON object"),
        ("{}", 65, "the member 'deployment' is missing"),
        (#"{"deployment":"0011"}"#, 65, "must be 32 of 0-9 and a-f"),
        (#"{"deployment":1,"x":2}"#, 65, "'x': there is no such member"),
        (
            #"{"deployment":"00112233445566778899aabbccddeeff"}"#, 65,
            "name is missing: give --set name="
        ),
        (
            #"{"deployment":"00112233445566778899aabbccddeeff","product":"p"}"#, 64,
            "--set 'product=q': the file asks for 'p'"
        ),
    ])
    func `what is wrong with it is told`(text: String, status: Int32, message: String) async throws
    {
        let answer = try await requests(text, "--set", status == 64 ? "product=q" : "customer=acme")
        #expect(answer.status == status)
        #expect(answer.output == "")
        #expect(answer.errors.contains(message), "\(answer.errors)")
    }
}
