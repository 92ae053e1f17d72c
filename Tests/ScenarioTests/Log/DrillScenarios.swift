import Support
import Testing

/// What can befall a station's ledger, and the way on from there: never are there two bundles of
/// one number.
@Suite(.tags(.manyRuns), .long) struct DrillScenarios {
    private static let initialization = [
        "init", "--issuer", "https://licenses.example.com", "--no-passphrase",
    ]

    /// Every name of a bundle is kept, and must be new each time, whatever was carried away.
    private struct Customers {
        let bench: Workbench
        private(set) var runs: [Int64] = []

        init(of bench: Workbench) {
            self.bench = bench
        }

        /// Takes what lies in the outbox to the customers, in `away`.
        ///
        /// - Returns: the numbers of the runs that the bundles are of.
        @discardableResult mutating func fetch(
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws -> [Int64] {
            let names = try await bench.succeed(
                "mkdir -p away; ls outbox/*/*.tar; cp -n outbox/*/*.tar away; rm -r outbox/*/")
            let found = names.split(separator: "\n").compactMap { name in
                Int64(name.dropLast(".tar".count).suffix(6))
            }
            #expect(
                Set(found).isDisjoint(with: runs), "a number twice", sourceLocation: sourceLocation)
            runs += found
            return found
        }
    }

    private static func drop(_ name: String, into bench: Workbench) throws {
        try bench.drop(
            #"{"name":"\#(name)","customer":"acme","payload":{}}"#, as: "\(name).json")
    }

    /// A run takes nothing up.
    private static func expectRefusal(
        _ bench: Workbench, station: String = "station", saying hint: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try drop("late", into: bench)
        let state =
            "sha256sum \(station)/ledger.sqlite; find inbox outbox -printf '%p %i %s %T@\\n'"
        let before = try await bench.succeed(state)
        for command in ["run", "watch"] {
            try await bench.expect(
                "timeout 20 coldmint --station \(station) \(command)".replacing(
                    "coldmint", with: "'\(Workbench.binary)'"), 78, saying: hint,
                sourceLocation: sourceLocation)
        }
        #expect(try await bench.succeed(state) == before, sourceLocation: sourceLocation)
        _ = try await bench.succeed("rm inbox/late.json")
    }

    // MARK: - A restored backup

    /// After a run, a backup and two more runs, the backup is put where the station was. `before` and
    /// `after` are checkpoints of before the backup and of the last run.
    private static func benchAfterRestore() async throws -> Workbench {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        _ = try await bench.succeed("coldmint backup backup.tar; cp outbox/checkpoint before")
        try await bench.issue("B", for: "borealis")
        try await bench.issue("C")
        _ = try await bench.succeed(
            "cp outbox/checkpoint after; rm -r station; coldmint restore backup.tar")
        return bench
    }

    @Test func `a restored backup issues nothing until the log is forked`() async throws {
        let bench = try await benchAfterRestoreRefusing()
        try await bench.expect("coldmint audit", 65, saying: "")
        let forked = try await bench.coldmint(
            "log", "fork", "--yes", "--reason", "disk lost on 3 May", "--json"
        ).json()
        let origin = try #require(forked["origin"].string)
        let first = try #require(forked["firstRun"].integer)
        #expect(first == 1001)
        try await bench.issue("D")
        #expect(bench.names(in: "outbox/acme").last == "acme-001001.tar")
        let verified = try await bench.log("coldmint verify outbox/*/*.tar")
        #expect(verified.status == 0, "\(verified.errors)")

        try await bench.unpack("acme/acme-001001.tar", into: "customer")
        let readme = try bench.read("customer/acme-001001/README.txt").split(
            whereSeparator: \.isWhitespace
        ).joined(separator: " ")
        #expect(readme.contains("was begun anew on 20"), "\(readme)")
        #expect(readme.contains("after entry 6, as \(origin): disk lost on 3 May."), "\(readme)")

        // What was lost lies in the outbox, and is named until somebody has looked at it.
        let named = try await bench.log("coldmint audit --since before")
        #expect(named.status == 65)
        for bundle in ["outbox/borealis", "acme-000003.tar"] {
            #expect(named.output.contains("\(bundle): coldmint has put nothing"), "\(bundle)")
        }
        _ = try await bench.succeed(
            "mkdir lost; mv outbox/borealis outbox/acme/acme-000003.tar lost/")
        let since = "--since before --since outbox/acme/acme-000001.tar --since outbox/checkpoint"
        _ = try await bench.succeed("coldmint audit \(since)")
        for file in ["after", "lost/acme-000003.tar", "lost/borealis/borealis-000002.tar"] {
            let audit = try await bench.log("coldmint audit --since \(file)")
            #expect(audit.status == 65, "\(file)")
            #expect(
                audit.output.contains("of the history that was lost before the fork at entry 6"),
                "\(file): \(audit.output)")
        }
    }

    /// Whether the newest checkpoint lies in the outbox, none, or that of the backup's time: where it
    /// tells nothing, the bundles do.
    private func benchAfterRestoreRefusing() async throws -> Workbench {
        let bench = try await Self.benchAfterRestore()
        try await Self.expectRefusal(bench, saying: "has 9 entries, and this ledger's log only 6")
        for checkpoint in ["rm outbox/checkpoint", "cp before outbox/checkpoint"] {
            _ = try await bench.succeed(checkpoint)
            try await Self.expectRefusal(
                bench,
                saying: "outbox/acme/acme-000003.tar: this bundle is of a run that the ledger")
        }
        _ = try await bench.succeed("cp after outbox/checkpoint")
        return bench
    }

    @Test func `a restored backup with nothing lost goes on as if nothing had been`() async throws {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        _ = try await bench.succeed(
            "coldmint backup backup.tar; rm -r station; coldmint restore backup.tar")
        try await bench.issue("B")
        try await bench.issue("C")
        #expect(bench.names(in: "outbox/acme").count == 3)
        _ = try await bench.succeed("coldmint audit --since outbox/acme/acme-000001.tar")
    }

    // MARK: - Forks

    @Test func `a loss that the fork before it is part of gives out no number again`() async throws
    {
        let bench = try await Self.benchAfterRestore()
        var customers = Customers(of: bench)
        try await customers.fetch()
        var numbers: [Int64] = []
        for round in 1...3 {
            _ = try await bench.succeed("coldmint log fork --yes --reason again")
            try await bench.issue("D\(round)")
            numbers += try await customers.fetch()
            // Each time the machine is lost once more, and the same backup is all there is.
            _ = try await bench.succeed("rm -r station; coldmint restore backup.tar")
            try await Self.expectRefusal(bench, saying: "'coldmint log fork'")
        }
        #expect(numbers.count == 3 && numbers == numbers.sorted())
        #expect(numbers.allSatisfy { $0 % 1000 == 1 }, "\(numbers)")
    }

    /// As where it was killed in between.
    @Test
    func `a fork that could not put its checkpoint into the outbox is finished by the next run`()
        async throws
    {
        let bench = try await Self.benchAfterRestore()
        _ = try await bench.succeed(
            "coldmint log fork --yes --reason lost; cp after outbox/checkpoint")
        let audit = try await bench.coldmint("audit")
        #expect(!audit.output.contains("outbox/checkpoint"), "\(audit.output)")
        try await bench.issue("D")
        #expect(try bench.read("outbox/checkpoint").contains("/fork-"))
        // Whoever has another checkpoint of the lost history is not that fork's witness.
        _ = try await bench.succeed(
            """
            name=$(ls outbox/borealis/*.tar); tar -xOf $name --wildcards '*/checkpoint' \\
                >outbox/checkpoint
            """)
        try await Self.expectRefusal(bench, saying: "of the history that was lost before the fork")
    }

    // MARK: - A copied station

    @Test func `of two copies on one outbox, the second is refused, and no fork makes them equal`()
        async throws
    {
        let bench = try await Workbench.withStation()
        var customers = Customers(of: bench)
        try await bench.issue("A")
        _ = try await bench.succeed("cp -a station twin")
        try await bench.issue("B")
        try await Self.expectRefusal(
            bench, station: "twin", saying: "has 7 entries, and this ledger's log only 5")
        try await customers.fetch()
        try await Self.expectRefusal(bench, station: "twin", saying: "outbox/checkpoint")

        // Nobody looks what it is: each in turn is forked, and all bundles are carried away.
        for (round, station) in ["twin", "station", "twin", "station"].enumerated() {
            try await Self.expectRefusal(bench, station: station, saying: "'coldmint log fork'")
            try Self.drop("F\(round)", into: bench)
            _ = try await bench.succeed(
                """
                coldmint --station \(station) log fork --yes --reason 'not my checkpoint'
                coldmint --station \(station) run
                """)
            #expect(try await customers.fetch().count == 1)
        }
    }

    @Test func `two copies with outboxes of their own are found by each other's checkpoints`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try await bench.issue("A")
        _ = try await bench.succeed(
            """
            cp outbox/checkpoint common; mkdir other; cp -a station inbox outbox other/
            """)
        try await bench.issue("B")
        try bench.write(
            #"{"name":"T","customer":"acme","payload":{}}"#, to: "other/inbox/t.json")
        _ = try await bench.succeed("coldmint --station other/station run")
        // Nothing inside of either tells, and both have a bundle of the same name.
        for station in ["station", "other/station"] {
            _ = try await bench.succeed("coldmint --station \(station) audit --since common")
        }
        _ = try await bench.succeed("! cmp -s {,other/}outbox/acme/acme-000002.tar")
        for (station, other) in [("station", "other/"), ("other/station", "")] {
            for file in ["checkpoint", "acme/acme-000002.tar"] {
                let path = "\(other)outbox/\(file)"
                let audit = try await bench.log(
                    "coldmint --station \(station) audit --since \(path)")
                #expect(audit.status == 65, "\(path)")
                #expect(
                    audit.output.contains("has other entries among the first 7"), "\(audit.output)")
                try await bench.expect(
                    "coldmint --station \(station) log consistency \(path)", 65,
                    saying: "has other entries among the first 7")
            }
        }
        // Where one's outbox is brought to the other, its next run is refused.
        _ = try await bench.succeed("cp other/outbox/checkpoint outbox/checkpoint")
        try await Self.expectRefusal(bench, saying: "has other entries among the first 7")
    }

    // MARK: - A lost ledger

    @Test func `a station that is made anew with the old key cannot issue under old numbers`()
        async throws
    {
        let bench = try await Workbench.withStation()
        _ = try await bench.succeed("umask 077; coldmint keys export --private --yes >key.pem")
        var customers = Customers(of: bench)
        try await bench.issue("A")
        try await bench.issue("B")
        _ = try await bench.succeed("cp outbox/checkpoint lost; rm -r station")
        let made = try await bench.run(
            Workbench.binary, Self.initialization + ["--import-key", "key.pem"])
        #expect(made.status == 73)
        #expect(made.errors.contains("inbox: this inbox belongs to the station /"))
        #expect(bench.names(in: "station") == [])

        _ = try await bench.succeed("rm {inbox,outbox}/\(Workbench.mark)")
        let anew = try await bench.run(
            Workbench.binary, Self.initialization + ["--import-key", "key.pem"])
        #expect(anew.status == 0, "\(anew.errors)")
        try await Self.expectRefusal(bench, saying: "has 8 entries, and this ledger's log only 2")
        _ = try await bench.succeed("mv outbox/checkpoint aside")
        try await Self.expectRefusal(
            bench, saying: "outbox/acme/acme-000002.tar: this bundle is of a run that the ledger")
        _ = try await bench.succeed("mv aside outbox/checkpoint")
        // The checkpoint alone shows it as well.
        try await customers.fetch()
        try await Self.expectRefusal(bench, saying: "has 8 entries")

        _ = try await bench.succeed("coldmint log fork --yes --reason 'no backup was left'")
        try await bench.issue("C")
        #expect(try await customers.fetch() == [1001])
        _ = try await bench.succeed("coldmint audit --since away/acme-001001.tar")
        for file in ["lost", "away/acme-000001.tar"] {
            let audit = try await bench.log("coldmint audit --since \(file)")
            #expect(audit.status == 65, "\(file): \(audit.output)")
        }
        // Whoever has the public key still trusts what was lost.
        _ = try await bench.succeed("coldmint verify away/*.tar")
    }
}
