import Foundation
import Support
import Testing

/// A station whose drops people have to sign, one of them each and two where something is deleted,
/// with drops and signatures in its inbox. It is made once, and copied for each try.
struct SignedWorkload {
    /// Two customers share a drop, one of them has another, one drop is bad, and one is a repeat.
    private static let drops = [
        "1.json":
            #"[{"name":"A","customer":"a","payload":{}},{"name":"B","customer":"b","payload":{}}]"#,
        "2.json": #"{"name":"C","customer":"a","payload":{"seats":1}}"#,
        "3.json": #"{"name":"D","customer":"a""#,
        "4.json": #"{"name":"C","customer":"a","payload":{"seats":1}}"#,
    ]
    /// Comes last, and its signature long before it.
    private static let lateDrop = #"{"name":"S","customer":"b","payload":{}}"#

    /// What has to lie in a folder of each drop beside its receipt, after the drop's own name.
    private static let places: [(drop: String, folder: String, files: [String])] = [
        ("0.json", "accepted", ["", ".sig"]),
        // Two people have signed it, though one would do.
        ("1.json", "accepted", ["", ".bob.sig", ".sig"]),
        // Garbage lies beside its signature.
        ("2.json", "accepted", ["", ".sig", ".x.sig"]),
        ("3.json", "rejected", ["", ".sig"]),
        ("4.json", "accepted", ["", ".sig"]),
        ("5.json", "accepted", ["", ".bob.sig", ".sig"]),
    ]
    private static let latePlaces: [(drop: String, folder: String, files: [String])] = [
        ("6.json", "accepted", ["", ".bob.sig", ".sig"]), ("7.json", "accepted", ["", ".sig"]),
    ]

    private let template: Workbench

    init() async throws {
        template = try await Workbench.withSigners(
            ["alice", "bob"], settings: "approvalsFor: {delete: 2}")
        try await template.drop(
            """
            [{"name":"O","customer":"a","payload":{}},{"name":"P","customer":"b","payload":{}},
             {"name":"R","customer":"b","payload":{}}]
            """, as: "0.json", signedBy: ["alice"])
        _ = try await template.coldmint("run")
        let ids = try template.receipt(of: "0.json")["results"].elements.map {
            $0["license"].string ?? ""
        }
        // Two that go on with licenses that are there are taken up, and wait for a second person.
        try await template.drop(
            """
            [{"action":"update","license":"\(ids[0])","name":"Q","description":"x"},
             {"action":"delete","license":"\(ids[1])","name":"P"},
             {"action":"deliver","customer":"a"}]
            """, as: "5.json", signedBy: ["alice"])
        try await template.drop(
            #"{"action":"delete","license":"\#(ids[2])","name":"R"}"#, as: "6.json",
            signedBy: ["alice"])
        let waiting = try await template.coldmint("run", "--json").json()
        try #require(waiting["awaitingApproval"].elements.count == 2)
        try await template.keepCheckpoints("the template")
        try await dropAll()
    }

    /// The first of the two gets its second signature.
    private func dropAll() async throws {
        for (name, text) in Self.drops { try template.drop(text, as: name) }
        try template.write(Self.lateDrop, to: "7.json")
        try template.drop("-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n", as: "2.json.x.sig")
        for (file, person, signature) in [
            ("inbox/1.json", "alice", "inbox/1.json.sig"),
            ("inbox/1.json", "bob", "inbox/1.json.bob.sig"),
            ("inbox/2.json", "bob", "inbox/2.json.sig"),
            ("inbox/3.json", "alice", "inbox/3.json.sig"),
            ("inbox/4.json", "bob", "inbox/4.json.sig"),
            ("5.json", "bob", "inbox/5.json.bob.sig"), ("6.json", "bob", "6.json.bob.sig"),
            ("7.json", "alice", "inbox/7.json.sig"),
        ] {
            try await template.sign(file, by: person, as: signature)
        }
    }

    func copy() async throws -> Workbench {
        let copy = try Workbench()
        let copied = try await template.shell("cp -a . '\(copy.path)/'")
        try #require(copied.status == 0, "\(copied.errors)")
        return copy
    }

    /// What holds after any fault and a clean run.
    static func check(_ bench: Workbench, _ story: String) async throws {
        // 6.json still waits, with the signature that it has, and 7.json.sig for its drop.
        #expect(
            bench.names(in: "inbox") == [".claimed", "7.json.sig", "accepted", "rejected"],
            "\(story)")
        #expect(
            bench.plainNames(in: ".claimed") == ["6.json", "6.json.sig"], "\(story)")
        checkPlaces(places, bench, story)
        #expect(try bench.receipt(of: "3.json")["outcome"].string == "rejected", "\(story)")
        let twins = try ["2.json", "4.json"].map { try bench.receipt(of: $0)["outcome"].string }
        #expect(Set(twins) == ["accepted", "repeated"], "\(story)")

        // What waits goes on as if nothing had happened.
        let came = try await bench.shell("cp 7.json 6.json.bob.sig inbox/")
        #expect(came.status == 0, "\(came.errors)")
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(story): \(run.errors)")
        #expect(bench.names(in: "inbox") == [".claimed", "accepted", "rejected"], "\(story)")
        #expect(bench.names(in: "inbox/.claimed") == [], "\(story)")
        checkPlaces(places + latePlaces, bench, story)
        try await checkEvidence(bench, story)
        try await checkLicenses(bench, story)
    }

    /// Each drop has one receipt, and lies with its signatures beside it.
    private static func checkPlaces(
        _ places: [(drop: String, folder: String, files: [String])], _ bench: Workbench,
        _ story: String
    ) {
        for folder in ["accepted", "rejected"] {
            let expected = places.filter { $0.folder == folder }.flatMap { place in
                (place.files + [".receipt.json"]).map { place.drop + $0 }
            }
            let found = bench.plainNames(in: folder)
            #expect(found == expected.sorted(), "\(story): \(folder)")
        }
    }

    /// Each drop is in the ledger once, with the signatures that count.
    private static func checkEvidence(_ bench: Workbench, _ story: String) async throws {
        let records = try await bench.run(
            "/usr/bin/python3",
            [
                "-c",
                """
                import sqlite3
                for row in sqlite3.connect("station/ledger.sqlite").execute('''
                    SELECT substr(CAST(claim AS TEXT), 29), approvals_needed,
                           group_concat(substr(signer, 1, instr(signer, '@') - 1), ' ')
                      FROM drop_file LEFT JOIN (SELECT * FROM signature ORDER BY signer)
                        ON drop_file = drop_file.id
                     GROUP BY drop_file.id ORDER BY 1'''):
                    print(*row)
                """,
            ])
        #expect(
            records.output.split(separator: "\n") == [
                "0.json 1 alice", "1.json 1 alice bob", "2.json 1 bob", "3.json 1 alice",
                "4.json 1 bob", "5.json 2 alice bob", "6.json 2 alice bob", "7.json 1 alice",
            ], "\(story): \(records.output)\(records.errors)")
        // The head of the first run, that of the one that was hit, and the last one.
        try await bench.expectKnowsAllCheckpoints(atLeast: 3, story)
    }

    private static func checkLicenses(_ bench: Workbench, _ story: String) async throws {
        let listed = try await bench.coldmint("list", "--json").json().elements
        #expect(
            listed.compactMap { $0["name"].string }.sorted() == [
                "A", "B", "C", "P", "Q", "R", "S",
            ], "\(story)")
        #expect(listed.filter { !$0["deletedAt"].isAbsent }.count == 2, "\(story)")
        let history = try await bench.coldmint("show", "Q", "--json").json()["history"]
        #expect(
            history.elements.compactMap { $0["action"].string } == [
                "create", "update", "update", "deliver",
            ], "\(story)")
        let drafts = try await bench.shell("find . -name '*.part' -o -name '*.tmp'")
        #expect(drafts.output == "", "\(story)")
        let verified = try await bench.shell("\(Workbench.binary) verify --json outbox/*/*.tar")
        #expect(verified.status == 0, "\(story): \(verified.output)")
        let delivered = try verified.json().elements.flatMap { $0["licenses"].elements }
        #expect(
            Set(delivered.compactMap { $0["id"].string })
                == Set(listed.compactMap { $0["id"].string }), "\(story)")
    }
}
