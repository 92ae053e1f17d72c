import Foundation
import Support
import Testing

private func request(_ name: String) -> String {
    #"{"name":"\#(name)","customer":"a","payload":{}}"#
}

@Suite(.tags(.manyRuns), .long) struct WatchScenarios {
    @Test(arguments: [["watch"], ["watch", "--poll", "0.2"]])
    func `drops are issued as they arrive, and a signal ends the watch`(
        arguments: [String]
    ) async throws {
        let bench = try await Workbench.withStation()
        try bench.drop(request("before"), as: "before.json")
        let answer = try await bench.whileRunning(arguments) { process in
            try await bench.wait(for: "the first bundle") {
                bench.names(in: "outbox/a").contains("a-000001.tar")
            }
            try bench.drop(request("after"), as: "after.json")
            try await bench.wait(for: "the second bundle") {
                bench.names(in: "outbox/a").contains("a-000002.tar")
            }
            try process.terminate()
        }
        #expect(answer.status == 0)
        #expect(answer.errors.contains("watching"))
        #expect(answer.errors.contains("stopped"))
        #expect(bench.names(in: "inbox/.claimed") == [])
    }

    @Test func `drops that come together become one run`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.whileRunning(["watch"]) { process in
            try await bench.wait(for: "the watch") { process.isWatching }
            try await Task.sleep(for: .milliseconds(300))
            for number in 0..<20 { try bench.drop(request("L\(number)"), as: "\(number).json") }
            try await bench.wait(for: "all receipts") {
                bench.names(in: "inbox/accepted").count == 40
            }
            try process.terminate()
        }
        // A loaded machine may spread twenty drops over some runs, never over twenty.
        #expect(bench.names(in: "outbox/a").count < 10)
        #expect(try await bench.coldmint("list").output.split(separator: "\n").count == 20)
    }

    @Test func `a slow writer is waited for and its drop issued when it is done`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.whileRunning(["watch"]) { process in
            try await bench.wait(for: "the watch") { process.isWatching }
            let writing = try await bench.shell(
                #"""
                exec 3>inbox/slow.json; printf '{"name":"slow",' >&3; sleep 1
                printf '"customer":"a","payload":{}}' >&3; exec 3>&-
                """#)
            #expect(writing.status == 0)
            try await bench.wait(for: "the bundle") { !bench.names(in: "outbox/a").isEmpty }
            try process.terminate()
        }
        #expect(try bench.receipt(of: "slow.json")["outcome"].string == "accepted")
    }

    @Test func `what a watch meets again and again it says once`() async throws {
        let bench = try await Workbench.withStation()
        try bench.write("x", to: "inbox/notes.txt")
        let answer = try await bench.whileRunning(["watch", "--poll", "0.1"]) { process in
            // Each of these takes a scan of its own.
            for name in ["A", "B", "C"] {
                try bench.drop(request(name), as: "\(name).json")
                try await bench.wait(for: "the receipt") {
                    try bench.receipts(of: "\(name).json").count == 1
                }
            }
            try process.terminate()
        }
        #expect(answer.errors.split(separator: "\n").count { $0.contains("notes.txt") } == 1)
    }

    @Test func `an inbox that was renamed away and made anew is watched again`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.whileRunning(["watch"]) { process in
            try await bench.wait(for: "the watch") { process.isWatching }
            _ = try await bench.shell("mv inbox old && sleep 1.5 && mkdir inbox")
            try bench.drop(request("A"), as: "a.json")
            // The scan of each minute finds it, whatever events tell.
            try await bench.wait(for: "the bundle", seconds: 90) {
                !bench.names(in: "outbox/a").isEmpty
            }
            try process.terminate()
        }
    }

    @Test func `an inbox that is configured anew is watched from the next scan on`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.whileRunning(["watch"]) { process in
            try await bench.wait(for: "the watch") { process.isWatching }
            // A scan that is under way has read the configuration already.
            try bench.drop(request("Z"), as: "z.json")
            try await bench.wait(for: "a run") {
                bench.names(in: "inbox/accepted").count == 2
            }
            try await Task.sleep(for: .milliseconds(500))
            _ = try await bench.shell("mkdir other; echo 'inbox: ../other' >>station/station.yaml")
            try bench.write(request("A"), to: "other/a.json")
            // Wakes the watch; the run that follows looks into the new inbox.
            try bench.drop(request("left behind"), as: "old.json")
            try await bench.wait(for: "the first bundle") {
                bench.names(in: "outbox/a") == ["a-000001.tar", "a-000002.tar"]
            }
            try bench.write(request("B"), to: "other/b.json")
            try await bench.wait(for: "the second bundle") {
                bench.names(in: "outbox/a").contains("a-000003.tar")
            }
            try process.terminate()
        }
        #expect(bench.names(in: "inbox").contains("old.json"))
    }

    @Test func `a watch outlives a configuration that is being changed`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.whileRunning(["watch", "--poll", "0.2"]) { process in
            try bench.drop(request("A"), as: "a.json")
            try await bench.wait(for: "the first bundle") {
                bench.names(in: "outbox/a") == ["a-000001.tar"]
            }
            for change in ["mv station/station.yaml away", "echo 'inbox: [' >station/station.yaml"]
            {
                _ = try await bench.shell("cp station/station.yaml good; \(change); sleep 1")
                _ = try await bench.shell("mv good station/station.yaml")
            }
            try bench.drop(request("B"), as: "b.json")
            try await bench.wait(for: "the second bundle") {
                bench.names(in: "outbox/a").contains("a-000002.tar")
            }
            try process.terminate()
        }
        #expect(answer.status == 0)
        #expect(answer.errors.contains("station.yaml"))
    }

    /// Whoever replaces the inbox does so between any two system calls.
    @Test(.needsStrace) func `an inbox that vanishes while a run opens it is waited for`()
        async throws
    {
        let bench = try await Workbench.withStation()
        try bench.drop(request("A"), as: "a.json")
        for occurrence in 1...50 {
            let run = try await bench.run(
                "strace",
                [
                    "-f", "-o", "/dev/null", "-P", "\(bench.path)/inbox", "-P", "inbox", "-P",
                    "station/../inbox", "-e", "trace=openat,newfstatat", "-e",
                    "inject=openat,newfstatat:error=ENOENT:when=\(occurrence)", Workbench.binary,
                    "run",
                ])
            if run.status == 0 {
                #expect(occurrence > 1)
                break
            }
            #expect(run.status == 75, "call \(occurrence): \(run.errors)")
        }
        #expect(bench.names(in: "outbox/a") == ["a-000001.tar"])
    }

    @Test func `a run beside the watch is told to try again or does the work`() async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.whileRunning(["watch"]) { process in
            for number in 0..<20 {
                try bench.drop(request("L\(number)"), as: "\(number).json")
                let run = try await bench.coldmint("run", "--quiet")
                #expect([0, 75].contains(run.status), "\(run.errors)")
            }
            try await bench.wait(for: "all receipts") {
                bench.names(in: "inbox/accepted").count == 40
            }
            try process.terminate()
        }
        #expect(try await bench.coldmint("list").output.split(separator: "\n").count == 20)
        #expect(try await bench.coldmint("audit").status == 0)
    }

    /// strace holds the run up in a flush to disk, so that signals find it in hand.
    @Test(.needsStrace, arguments: [(1, Int32(0)), (2, 143)])
    func `a first signal lets the run in hand finish, a second ends the process at once`(
        signals: Int, status: Int32
    ) async throws {
        let bench = try await Workbench.withStation()
        _ = try await bench.coldmint("run")
        try bench.drop(request("A"), as: "a.json")
        let answer = try await bench.shell(
            """
            strace -f -o log -e trace=fsync -e inject=fsync:delay_enter=5000000:when=1 \
                \(Workbench.binary) watch & tracer=$!
            for _ in $(seq 200); do [ -n "$(ls inbox/.claimed)" ] && break; sleep 0.02; done
            sleep 0.5
            for _ in $(seq \(signals)); do pkill -TERM -P $tracer; sleep 0.3; done
            wait $tracer
            """)
        #expect(answer.status == status, "\(answer.errors)")
        #expect(bench.names(in: "inbox/.claimed").isEmpty == (signals == 1))
        #expect(try await bench.coldmint("run").status == 0)
        #expect(try bench.receipt(of: "a.json")["outcome"].string == "accepted")
        #expect(try await bench.coldmint("list").output.split(separator: "\n").count == 1)
        #expect(try await bench.coldmint("audit").status == 0)
    }

    @Test(.needsStrace) func `where no watch can be had the inbox is polled`() async throws {
        let bench = try await Workbench.withStation()
        let answer = try await bench.shell(
            """
            strace -f -o log -e trace=inotify_init1 -e inject=inotify_init1:error=EMFILE \
                \(Workbench.binary) watch & tracer=$!
            sleep 1; printf '%s' '\(request("A"))' >inbox/a.json
            for _ in $(seq 100); do [ -e outbox/a/a-000001.tar ] && break; sleep 0.1; done
            pkill -TERM -P $tracer; wait $tracer
            """)
        #expect(answer.status == 0)
        #expect(answer.errors.contains("the inbox cannot be watched and is polled"))
        #expect(bench.names(in: "outbox/a") == ["a-000001.tar"])
    }

    @Test func `an upload that never ends is refused as incomplete after the grace`() async throws {
        let bench = try await Workbench.withStation()
        try bench.write(
            "issuer: https://licenses.example.com\nincompleteAfterSeconds: 1\n",
            to: "station/station.yaml")
        let stalled = try await bench.shell(
            """
            exec 3>inbox/stalled.json; printf '{"name":' >&3
            \(Workbench.binary) run --json 3>&-; sleep 2.1; \(Workbench.binary) run --json 3>&-
            """)
        #expect(stalled.status == 65)
        #expect(try bench.receipt(of: "stalled.json")["problems"][0]["code"].string == "incomplete")
    }

    @Test func `a watch without a station ends with the status that says so`() async throws {
        let answer = try await Workbench().coldmint("watch")
        #expect(answer.status == 78)
    }
}
