import Foundation
import Support
import Testing

/// Strangers put files into the inbox and take bundles out of the outbox.
@Suite(.tags(.manyRuns), .long) struct SharedInboxScenarios {
    private static let good = #"{"name":"A","customer":"a","payload":{}}"#

    @Test func `a link in the place of a customer's folder is not followed`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.shell("mkdir elsewhere && ln -s ../elsewhere outbox/a")
        for name in ["a", "b"] {
            try bench.drop(
                #"{"name":"\#(name)","customer":"\#(name)","payload":{}}"#, as: "\(name).json")
        }
        let run = try await bench.coldmint("run")
        #expect(run.status == 74)
        #expect(run.errors.contains("outbox/a: it is a link"), "\(run.errors)")
        #expect(bench.names(in: "elsewhere") == [])
        #expect(bench.names(in: "outbox/b") == ["b-000001.tar"])
        _ = try await bench.shell("rm outbox/a")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(bench.names(in: "outbox/a") == ["a-000001.tar"])
    }

    @Test func `init makes the folders that Coldmint keeps in the inbox`() async throws {
        let bench = try await Workbench.withStation()
        #expect(bench.names(in: "inbox") == [".claimed", "accepted", "rejected"])
        let modes = try await bench.shell("cd inbox && stat -c '%a %n' .claimed accepted rejected")
        #expect(modes.output == "700 .claimed\n755 accepted\n755 rejected\n")
    }

    @Test(arguments: ["rejected", "accepted", ".claimed"])
    func `a link in the place of a folder in the inbox leads nothing out of it`(
        folder: String
    ) async throws {
        let bench = try await Workbench.withStation()
        try bench.drop("{", as: "bad.json")
        try bench.drop(Self.good, as: "good.json")
        _ = try await bench.shell("cd inbox && mv \(folder) moved && ln -s ../outbox \(folder)")
        for command in ["run", "watch"] {
            let answer = try await bench.coldmint(command)
            #expect(answer.status == 78)
            #expect(answer.errors.contains("cannot trust inbox/\(folder): it is a link"))
        }
        #expect(bench.names(in: "outbox") == [])
        #expect(try await bench.coldmint("status").status == (folder == ".claimed" ? 78 : 0))
        _ = try await bench.shell("cd inbox && rm \(folder) && mv moved \(folder)")
        #expect(try await bench.coldmint("run").status == 65)
        #expect(try bench.receipt(of: "good.json")["outcome"].string == "accepted")
        #expect(try bench.receipt(of: "bad.json")["outcome"].string == "rejected")
    }

    @Test(arguments: [
        ("chmod 777 inbox/accepted", "inbox/accepted: others can write to it: run 'chmod go-w"),
        ("chmod g+w inbox/.claimed", "inbox/.claimed: others can write to it: run 'chmod go-w"),
        ("chown 65534 inbox/rejected", "inbox/rejected: it belongs to another user"),
        ("chown 65534 inbox/\(Workbench.mark)", "it is not a plain file of this user's own"),
    ])
    func `what others made or can change in the inbox is not used`(
        change: String, message: String
    ) async throws {
        guard !change.hasPrefix("chown") || geteuid() == 0 else {
            try Test.cancel("giving a file to another user needs root")
        }
        let bench = try await Workbench.withStation()
        try bench.drop(Self.good, as: "a.json")
        _ = try await bench.shell(change)
        let run = try await bench.coldmint("run")
        #expect(run.status == 78)
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(bench.names(in: "inbox").contains("a.json"))
    }

    /// Means to act as users that every Debian has; `daemon` has the station.
    private static func accounts(umask: String) -> String {
        """
        install -m 755 \(Workbench.binary) coldmint
        mkdir -m 711 srv && chown daemon:daemon srv && chmod 711 . || exit 1
        as() { setpriv --reuid "$1" --regid "$1" --groups "$2" bash -c "$3"; }
        station() { as daemon users,games "umask \(umask); ./coldmint --station srv/station $1"; }
        must() { echo "$*" >>steps; "$@" >>said 2>&1 || { echo "failed: $*"; cat said; exit 1; }; }
        cannot() { "$@" >>said 2>&1 && { echo "possible: $*"; exit 1; }; true; }
        """
    }

    @Test(
        .enabled(if: geteuid() == 0, "becoming three users needs root"), arguments: ["022", "077"])
    func `one user drops, one runs and one fetches, and none can do the others' work`(
        umask: String
    ) async throws {
        let bench = try Workbench()
        try bench.write(Self.good, to: "good")
        try bench.write("[1]", to: "bad")
        let tried = try await bench.shell(
            """
            \(Self.accounts(umask: umask))

            must station 'init --issuer https://l.example --no-passphrase \
                --inbox-group users --outbox-group games'
            stat -c '%a %U %G %n' srv/inbox srv/inbox/accepted srv/inbox/.claimed srv/outbox
            must as news users 'umask 027; cat good >srv/inbox/a.json'
            must as news users 'umask 027; cat bad >srv/inbox/b.json'
            station run >>said 2>&1; echo "run: $?"
            must as news users 'grep accepted srv/inbox/accepted/*a.json.receipt.json'
            must as news users 'grep rejected srv/inbox/rejected/*b.json.receipt.json'
            must as mail games 'tar -tf srv/outbox/a/a-000001.tar'
            stat -c '%a %G' srv/inbox/accepted/*a.json.receipt.json srv/outbox/a/a-000001.tar

            cannot as news users 'mv srv/inbox/rejected srv/inbox/mine'
            cannot as news users 'rm srv/inbox/\(Workbench.mark)'
            cannot as news users 'touch srv/inbox/accepted/mine'
            cannot as news users 'ls srv/inbox/.claimed'
            cannot as news users 'ls srv/outbox'
            cannot as news users 'ls srv/station'
            cannot as mail games 'ls srv/inbox'
            cannot as mail games 'touch srv/outbox/mine'
            cannot as mail games 'rm srv/outbox/a/a-000001.tar'
            cannot as mail games 'ls srv/station'
            """)
        #expect(tried.status == 0, "\(tried.output)\(tried.errors)")
        #expect(
            tried.output == """
                3770 daemon users srv/inbox
                2750 daemon users srv/inbox/accepted
                2700 daemon users srv/inbox/.claimed
                2750 daemon games srv/outbox
                run: 65
                640 users
                640 games

                """)
    }

    @Test(.enabled(if: geteuid() == 0, "becoming three users needs root"))
    func `a request and its two signatures come from different users`() async throws {
        let bench = try Workbench()
        try bench.write(Self.good, to: "a.json")
        for person in ["alice", "bob"] {
            try await bench.makeKey(person)
            try await bench.sign("a.json", by: person, as: "\(person).sig")
        }
        try bench.write(bench.signersLine("alice") + bench.signersLine("bob"), to: "list")
        let tried = try await bench.shell(
            """
            \(Self.accounts(umask: "022"))

            must station 'init --issuer https://licenses.example.com --no-passphrase \
                --inbox-group users --signers list'
            must as daemon daemon 'echo "approvals: 2" >>srv/station/station.yaml'
            must as news users 'cat a.json >srv/inbox/a.json; cat alice.sig >srv/inbox/a.json.sig'
            must as man users 'cat bob.sig >srv/inbox/a.json.bob.sig'
            cannot as man users 'rm srv/inbox/a.json.sig'
            cannot as news users 'mv srv/inbox/a.json.bob.sig srv/inbox/mine'
            must station run
            cd srv/inbox/accepted && stat -c '%U %n' *-a.json *.sig | sed 's, .*-a, a,'
            """)
        #expect(tried.status == 0, "\(tried.output)\(tried.errors)")
        #expect(tried.output == "news a.json\nman a.json.bob.sig\nnews a.json.sig\n")
    }

    @Test func `a group that is not there is not made up`() async throws {
        let bench = try Workbench()
        let answer = try await bench.coldmint(
            "init", "--issuer", "https://l.example", "--no-passphrase", "--inbox-group", "nobodys")
        #expect(answer.status == 64)
        #expect(answer.errors.contains("there is no user group 'nobodys'"))
        #expect(bench.names(in: "") == [])
    }
}
