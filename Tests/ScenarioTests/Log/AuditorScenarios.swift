import Foundation
import Support
import Testing

/// An auditor on a machine of their own, with `coldmint-verify` and a key.
@Suite(.tags(.manyRuns), .long) struct AuditorScenarios {
    @Test func `a checkpoint goes to the auditor on a stick, and comes back cosigned`() async throws
    {
        let bench = try await Workbench.withAuditor()
        #expect(try bench.read("seen") == (try bench.read("cosigned-first")))
        try await bench.issue("B")
        _ = try await bench.succeed(
            """
            coldmint log consistency seen >update
            coldmint-cosign update -o cosigned
            cmp cosigned seen
            """)
        let own = try await bench.coldmint("log", "checkpoint").output
        #expect(try bench.read("cosigned").hasPrefix(own))
        let added = try await bench.log(
            #"coldmint log add-cosignature cosigned --witness "$(cat me.vkey)""#)
        #expect(added.output == "me.example.org has cosigned the head of 7\n", "\(added.errors)")
        let both = try await bench.coldmint("log", "checkpoint").output
        #expect(both == (try bench.read("cosigned")))
        #expect(both == (try bench.read("outbox/checkpoint")))
        let shown = try await bench.coldmint("log", "show").output
        #expect(shown.contains("cosigned by me.example.org: 7 entries, 20"))
        // Once more changes nothing.
        let again = try await bench.log(
            #"coldmint log add-cosignature - --witness "$(cat me.vkey)" --json <cosigned"#)
        #expect(try again.json()["known"][0].string == "me.example.org")
        #expect(both == (try bench.read("outbox/checkpoint")))
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test func `a cosignature of an older head is kept with that head`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        let newest = try bench.read("outbox/checkpoint")
        _ = try await bench.succeed(
            #"coldmint log add-cosignature cosigned-first --witness "$(cat me.vkey)""#)
        #expect(try bench.read("outbox/checkpoint") == newest)
        let summary = try await bench.coldmint("log", "show", "--json").json()["summary"]
        #expect(summary["cosignatures"][0]["size"].integer == 5)
    }

    @Test func `what was cosigned can be cosigned again, where the answer was lost`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        _ = try await bench.succeed("coldmint log consistency seen >update")
        #expect(try await bench.log("coldmint-cosign update >/dev/full").status == 74)
        _ = try await bench.succeed("coldmint-cosign update >cosigned; cmp cosigned seen")
    }

    @Test func `the station's own program cosigns as the small one does`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        let options = "--key me.pem --name me.example.org --seen seen --log-key \"$(cat log-key)\""
        _ = try await bench.succeed(
            """
            coldmint log consistency seen >update
            coldmint log cosign update \(options) >cosigned
            cmp cosigned seen
            test "$(coldmint log witness-key --key me.pem --name me.example.org)" = "$(cat me.vkey)"
            coldmint log add-cosignature cosigned --witness "$(cat me.vkey)"
            """)
    }

    @Test func `an auditor refuses what disagrees with what they saw`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        _ = try await bench.succeed(
            """
            coldmint log consistency seen >update
            sed '2s/^...../AAAAA/' update >altered
            sed 's/^old 5/old 4/' update >shorter
            sed '1,/^$/d' update >alone
            sed '$s/.....$/AAAA=/' update >forged
            mkdir other
            cp update full
            for number in {1..63}; do echo "— other-$number AAAAAAAA" >>full; done
            """)
        let seen = try bench.read("seen")
        let cases: [(String, Int32, String)] = [
            ("altered", 65, "the proof does not lead from what you saw, seen, to this checkpoint"),
            ("shorter", 65, "shows what follows from 4 entries, and you saw 5 last"),
            ("alone", 65, "not what 'coldmint log consistency' prints"),
            ("forged", 65, "not signed by any key given with --log-key"),
            ("nowhere", 66, "nowhere"), ("me.pem", 65, "me.pem"),
            ("--first update", 64, "leave --first out"),
            ("other", 65, "other: is a folder: give the file with what"),
            (
                "full", 65,
                "full: the checkpoint takes no further signature"
            ),
        ]
        for (arguments, status, hint) in cases {
            try await bench.expect("coldmint-cosign \(arguments)", status, saying: hint)
            #expect(try bench.read("seen") == seen, "\(arguments)")
        }
    }

    @Test func `a station that shows another history than before is found out`() async throws {
        let bench = try await Workbench.withStation()
        // Two stations with one key go ways of their own.
        _ = try await bench.succeed("mkdir other; cp -r station inbox outbox other/")
        try await bench.issue("A")
        _ = try await bench.succeed(
            """
            umask 077; openssl genpkey -algorithm ed25519 -out me.pem
            coldmint log checkpoint --vkey >log-key
            coldmint-cosign --first outbox/checkpoint >/dev/null
            cd other
            echo '{"name":"X","customer":"x","payload":{}}' >inbox/x.json; coldmint run
            cp outbox/checkpoint old
            echo '{"name":"Y","customer":"y","payload":{}}' >inbox/y.json; coldmint run
            coldmint log consistency old >../update
            """)
        let seen = try bench.read("seen")
        try await bench.expect(
            "coldmint-cosign update", 65, saying: "the log has perhaps another history")
        // A head of the same size needs no proof, whatever stands before it.
        _ = try await bench.succeed(
            """
            for size in 0 3 5; do (printf 'old %s\\n\\n' $size; cat other/old) >same-$size; done
            sed '3{s/^A/B/;t;s/^./A/}' seen >spoilt
            """)
        for size in [0, 3, 5] {
            try await bench.expect(
                "coldmint-cosign same-\(size)", 65,
                saying: "same-\(size): the log has two histories: this checkpoint has 5 entries")
        }
        try await bench.expect(
            "coldmint-cosign same-5 --seen spoilt", 65,
            saying: "but spoilt is not signed by any key given with --log-key")
        #expect(try bench.read("seen") == seen)
        try await bench.expect(
            "cd other; coldmint log consistency ../seen", 65, saying: "has other entries among")
    }

    @Test func `an auditor refuses another log, another key and a lost memory`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        _ = try await bench.succeed(
            """
            coldmint log consistency seen >update
            mkdir other; coldmint --station other/station init --issuer https://other.example.com --no-passphrase
            coldmint --station other/station log checkpoint --vkey >other-key
            cp me.pem open.pem; chmod 644 open.pem
            openssl genpkey -algorithm x25519 -out wrong.pem
            sed 's/^licenses.example.com/licenses.example.org/' seen >elsewhere
            """)
        let me = "coldmint-verify cosign update --name me.example.org"
        let key = "--key me.pem --log-key \"$(cat log-key)\""
        let cases: [(String, Int32, String)] = [
            (
                "\(me) --key me.pem --log-key \"$(cat other-key)\" --seen seen", 65,
                "is of that name"
            ),
            ("\(me) --key me.pem --log-key nonsense --seen seen", 64, "--log-key nonsense"),
            ("\(me) --key me.pem --log-key '' --seen seen", 64, "--log-key: has no key: give what"),
            ("\(me) --key me.pem --log-key $'\\n' --seen seen", 64, "--log-key: has no key"),
            ("\(me) \(key) --seen gone", 66, "the checkpoint that you saw last is not there"),
            ("\(me) \(key) --seen me.vkey", 65, "me.vkey: no checkpoint"),
            ("\(me) \(key) --seen elsewhere", 65, "a log goes on under a new name"),
            ("\(me) --key open.pem --log-key \"$(cat log-key)\" --seen seen", 77, "chmod 600"),
            ("\(me) --key wrong.pem --log-key \"$(cat log-key)\" --seen seen", 77, "wrong.pem"),
            ("\(me) --key none.pem --log-key \"$(cat log-key)\" --seen seen", 66, "none.pem"),
            (
                "coldmint-verify cosign update --name 'a b' \(key) --seen seen", 64,
                "is no name of a key"
            ),
        ]
        let seen = try bench.read("seen")
        for (line, status, hint) in cases {
            try await bench.expect(line, status, saying: hint)
            #expect(try bench.read("seen") == seen, "\(line)")
        }
        #expect(!bench.names(in: "").contains("gone"))
        for option in ["--name", "--log-key"] {
            let long = String(repeating: "x", count: 2000) + "+1+2"
            let answer = try await bench.log(
                "coldmint-verify cosign update --name me \(key) --seen seen \(option) \(long)")
            #expect(answer.status == 64)
            #expect(answer.errors.utf8.count < 600, "\(answer.errors)")
        }
    }

    @Test func `the station takes no cosignature that is not one of its own heads`() async throws {
        let bench = try await Workbench.withAuditor()
        try await bench.issue("B")
        _ = try await bench.succeed(
            """
            coldmint log consistency seen >update
            coldmint-cosign update >cosigned
            sed 's/^7$/6/' cosigned >other-size
            sed '3s/^....../AAAAAA/' cosigned >other-root
            sed '$s/......$/AAAAA=/' cosigned >altered
            umask 077; openssl genpkey -algorithm ed25519 -out you.pem
            coldmint log witness-key --key you.pem --name you.example.org >you.vkey
            cat >late.py <<'END'
            import sys
            sys.path.insert(0, "\(Workbench.repository)/Tests/ScenarioTests/Log")
            from insider import *
            note = open("outbox/checkpoint").read()
            text = note.split("\\n\\n")[0] + "\\n"
            line = cosignature("me.example.org", "me.pem", text, 253402300800)
            open("late", "w").write(note + line)
            END
            PYTHONDONTWRITEBYTECODE=1 python3 late.py
            """)
        let before = try bench.read("outbox/checkpoint")
        let me = "--witness \"$(cat me.vkey)\""
        let cases: [(String, Int32, String)] = [
            ("other-size \(me)", 65, "not a head of this log"),
            ("other-root \(me)", 65, "not a head of this log"),
            ("altered \(me)", 65, "has no valid cosignature by me.example.org"),
            ("outbox/checkpoint \(me)", 65, "has no valid cosignature"),
            (
                "late \(me)", 65,
                "late: the cosignature by me.example.org has a time after the year 9999"
            ),
            ("cosigned \(me) --witness \"$(cat you.vkey)\"", 65, "by you.example.org"),
            ("cosigned --witness \"$(cat log-key)\"", 65, "has no valid cosignature"),
            ("cosigned --witness me", 64, "--witness me: not a verifier's key"),
            ("nowhere \(me)", 66, "nowhere"), ("update \(me)", 65, "no checkpoint"),
        ]
        for (arguments, status, hint) in cases {
            try await bench.expect(
                "coldmint log add-cosignature \(arguments)", status, saying: hint)
        }
        #expect(try bench.read("outbox/checkpoint") == before)
        let summary = try await bench.coldmint("log", "show", "--json").json()["summary"]
        #expect(summary["cosignatures"].elements.isEmpty)
    }

    @Test func `logs whose names only look the same are two logs`() async throws {
        let bench = try Workbench()
        _ = try await bench.succeed(
            """
            umask 077; openssl genpkey -algorithm ed25519 -out me.pem
            openssl genpkey -algorithm ed25519 -out log.pem
            cat >names.py <<'END'
            import sys
            sys.path.insert(0, "\(Workbench.repository)/Tests/ScenarioTests/Log")
            from insider import *
            for name, file in ("caf\\u00e9/log", "one"), ("cafe\\u0301/log", "other"):
                text = f"{name}\\n1\\n{base64.b64encode(bytes(32)).decode()}\\n"
                note = text + "\\n" + signature_line(name, 1, "log.pem", b"", text.encode())
                open(file, "w").write(note)
                open(file + ".update", "w").write("old 1\\n\\n" + note)
                key = b"\\1" + public_key("log.pem")
                identity = sha256(name.encode() + b"\\n" + key)[:4].hex()
                open(file + ".key", "w").write(f"{name}+{identity}+{base64.b64encode(key).decode()}")
            END
            PYTHONDONTWRITEBYTECODE=1 python3 names.py; cp one.key log-key
            coldmint-cosign --first one >/dev/null
            coldmint-cosign one.update >/dev/null
            """)
        try await bench.expect(
            "coldmint-cosign other.update", 65,
            saying: "no key given with --log-key is of that name")
        try await bench.expect(
            "coldmint-cosign other.update --log-key \"$(cat other.key)\"", 65,
            saying: "a log goes on under a new name")
    }
}
