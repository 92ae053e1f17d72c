import Foundation
import Support
import Testing

/// The application's side of docs/binding.md, as the page has it.
struct BoundApplication: Sendable, CustomTestStringConvertible {
    let command: String
    var preparation = "true"

    var testDescription: String { command }

    static let all = [
        BoundApplication(command: "/usr/bin/python3 ../deployment.py"),
        BoundApplication(
            command: "../deployment-go", preparation: GoModule.build("deployment")),
    ]
}

@Suite(.tags(.otherPrograms), .long) struct BindingDocumentationTests {
    /// Runs the application in the folder of one of its installations.
    private func run(
        _ application: BoundApplication, _ action: String, at folder: String, token: String = "",
        in bench: Workbench
    ) async throws -> Workbench.Answer {
        try await bench.run(
            "/bin/bash",
            [
                "-c",
                "mkdir -p \(folder) && cd \(folder) && cp ../public-key.pem . 2>/dev/null; "
                    + "\(application.command) \(action)",
            ], environment: ["LICENSE_KEY": token])
    }

    @Test(arguments: BoundApplication.all)
    func `a license holds where it was activated, in a copy, and nowhere else`(
        application: BoundApplication
    ) async throws {
        let bench = try await Workbench.withStation()
        let page = try DocumentedPrograms(of: "binding.md")
        try page.write(to: bench)
        let prepared = try await bench.shell(application.preparation)
        try #require(prepared.status == 0, "\(prepared.errors)")
        try bench.write(try await bench.coldmint("keys", "export").output, to: "public-key.pem")
        try await bench.shellOrThrow(
            "cp -r '\(Workbench.repository)/Examples/products' station/")

        // Each time it starts it has the same id.
        let first = try await run(application, "activate", at: "one", in: bench)
        #expect(first.status == 0, "\(first.errors)")
        let again = try await run(application, "activate", at: "one", in: bench)
        #expect(again.output == first.output)
        let id = try first.json()["deployment"].string ?? ""
        #expect(try bench.read("one/data/deployment-id") == id)

        try bench.write(first.output, to: "activation.json")
        let sold = try await page.run("license.sh", in: bench)
        try #require(sold.status == 0, "\(sold.output)\(sold.errors)")
        let license = try await bench.coldmint("show", "Acme, Frankfurt 2", "--json").json()
        let token = license["token"].string ?? ""
        #expect(license["payload"]["deployment"].string == id)
        #expect(license["requestId"].string == "activation of \(id)")

        let accepted = try await run(application, "check", at: "one", token: token, in: bench)
        #expect(
            accepted.output == "\(license["id"].string ?? ""), 25 seats\n", "\(accepted.errors)")
        try await bench.shellOrThrow("cp -r one copy")
        #expect(
            try await run(application, "check", at: "copy", token: token, in: bench).status == 0)
        let other = try await run(application, "check", at: "two", token: token, in: bench)
        #expect(other.status == 1)
        #expect(other.errors.contains("license refused: it is for another deployment"))
        let forged = try await run(
            application, "check", at: "one", token: String(token.dropLast(4)) + "AAAA", in: bench)
        #expect(forged.status == 1)

        try await sellForEver(to: id, in: bench)
        let endless = try await bench.coldmint("token", "For ever").output
        #expect(
            try await run(application, "check", at: "one", token: endless, in: bench).status == 0)

        try await move(application, from: license["id"].string ?? "", in: bench)
    }

    private func sellForEver(to deployment: String, in bench: Workbench) async throws {
        try await bench.shellOrThrow("echo 'allowPerpetual: true' >>station/station.yaml")
        let payload = #"{"deployment":"\#(deployment)","seats":5,"plan":"basic"}"#
        try bench.write(
            #"{"name":"For ever","customer":"acme-gmbh","expiresAt":"never","payload":\#(payload)}"#,
            to: "inbox/for-ever.json")
        try await bench.shellOrThrow("'\(Workbench.binary)' run")
    }

    private func move(
        _ application: BoundApplication, from license: String, in bench: Workbench
    ) async throws {
        let moved = try await run(application, "activate \(license)", at: "three", in: bench)
        #expect(try moved.json()["supersedes"].string == license)
        try bench.write(moved.output, to: "moved.json")
        try await bench.shellOrThrow(
            """
            '\(Workbench.binary)' requests --activation moved.json --station station \
                --set customer=acme-gmbh --set name=Moved --set plan=basic >inbox/moved.json &&
            '\(Workbench.binary)' run
            """)
        let successor = try await bench.coldmint("show", "Moved", "--json").json()
        #expect(successor["supersedes"].string == license)
        let token = successor["token"].string ?? ""
        #expect(
            try await run(application, "check", at: "three", token: token, in: bench).output
                == "\(successor["id"].string ?? ""), 5 seats\n")
    }
}
