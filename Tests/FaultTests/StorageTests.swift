import Foundation
import Support
import Testing

/// Real file systems in images and memory, which only root can mount.
@Suite(.serialized, .tags(.storage), .long, .needsRoot("it mounts file systems"))
struct StorageTests {
    private static func request(_ name: String, customer: String) -> String {
        #"{"name":"\#(name)","customer":"\#(customer)","payload":{}}"#
    }

    @Test func `a disk that fills up in the middle of a run is waited out`() async throws {
        let bench = try await Workbench.withStation()
        let mounted = try await bench.shell(
            "mkdir disk && mount -t tmpfs -o size=600k tmpfs disk && mv station inbox outbox disk")
        try #require(mounted.status == 0, "\(mounted.errors)")
        let station = "disk/station"
        do {
            for number in 0..<40 {
                try bench.write(
                    Self.request("L\(number)", customer: "c\(number)"),
                    to: "disk/inbox/\(number).json")
            }
            let full = try await bench.coldmint("--station", station, "run")
            #expect(full.status == 75, "\(full.status) \(full.errors)")
            #expect(full.errors.contains("the disk is full: make room and run again"))
            let again = try await bench.coldmint("--station", station, "run")
            #expect(again.status == 75)
            _ = try await bench.shell("mount -o remount,size=64m disk")
            let roomy = try await bench.coldmint("--station", station, "run")
            #expect(roomy.status == 0, "\(roomy.errors)")
            let listed = try await bench.coldmint("--station", station, "list")
            #expect(listed.output.split(separator: "\n").count == 40)
            #expect(bench.names(in: "disk/inbox/accepted").count == 80)
            #expect(bench.names(in: "disk/outbox").count == 40)
            #expect(try await bench.coldmint("--station", station, "audit").status == 0)
            #expect(try await bench.shell("find disk -name '*.part'").output == "")
        } catch {
            _ = try await bench.shell("umount -l disk")
            throw error
        }
        _ = try await bench.shell("umount -l disk")
    }

    @Test func `inbox and outbox may be on different file systems`() async throws {
        let bench = try await Workbench.withStation()
        let mounted = try await bench.shell(
            "for f in inbox outbox; do mount -t tmpfs -o size=8m tmpfs $f || exit 1; done")
        try #require(mounted.status == 0, "\(mounted.errors)")
        try bench.drop(Self.request("A", customer: "a"), as: "a.json")
        let run = try await bench.coldmint("run")
        #expect(run.status == 0, "\(run.errors)")
        #expect(bench.names(in: "outbox/a") == ["a-000001.tar"])
        _ = try await bench.shell("mount -o remount,ro outbox")
        try bench.drop(Self.request("B", customer: "b"), as: "b.json")
        let readOnly = try await bench.coldmint("run")
        #expect(readOnly.status == 73 || readOnly.status == 74)
        #expect(readOnly.errors.contains("read-only"))
        _ = try await bench.shell("mount -o remount,rw outbox")
        #expect(try await bench.coldmint("run").status == 0)
        #expect(bench.names(in: "outbox/b") == ["b-000002.tar"])
        _ = try await bench.shell("umount -l inbox outbox")
    }

    /// No event tells of what was mounted over a folder; the scan of each minute does.
    @Test func `an inbox that another file system was mounted over is watched again`() async throws
    {
        let bench = try await Workbench.withStation()
        let answer = try await bench.whileRunning(["watch"]) { watch in
            try await bench.wait(for: "the watch") { watch.isWatching }
            try await Task.sleep(for: .milliseconds(500))
            let mounted = try await bench.shell("mount -t tmpfs -o size=8m tmpfs inbox")
            try bench.drop(Self.request("A", customer: "a"), as: "a.json")
            try await bench.wait(for: "the bundle", seconds: 90) {
                bench.names(in: "outbox/a") == ["a-000001.tar"]
            }
            #expect(mounted.status == 0)
            try bench.drop(Self.request("B", customer: "b"), as: "b.json")
            try await bench.wait(for: "the next bundle", seconds: 90) {
                !bench.names(in: "outbox/b").isEmpty
            }
            try watch.terminate()
        }
        _ = try await bench.shell("umount -l inbox")
        #expect(answer.status == 0)
    }

    @Test func `drops are found although the queue of events overflows`() async throws {
        let bench = try await Workbench.withStation()
        let setting = "/proc/sys/fs/inotify/max_queued_events"
        let old = try await bench.shell("cat \(setting) && echo 1 >\(setting)").output
        let answer = try await bench.whileRunning(["watch"]) { watch in
            try await bench.wait(for: "the watch") { watch.isWatching }
            try await Task.sleep(for: .milliseconds(500))
            for number in 0..<50 {
                try bench.drop(Self.request("L\(number)", customer: "a"), as: "\(number).json")
            }
            try await bench.wait(for: "all receipts") {
                bench.names(in: "inbox/accepted").count == 100
            }
            try watch.terminate()
        }
        _ = try await bench.shell("echo \(old.dropLast()) >\(setting)")
        #expect(answer.status == 0)
    }

    @Test(.needsStrace) func `whatever a power cut leaves on the disk, the next run puts in order`()
        async throws
    {
        let bench = try Workbench()
        let mounted = try await bench.shell(
            """
            truncate -s 24M image && mkfs.ext4 -q image && mkdir disk && mount -o loop image disk
            """)
        guard mounted.status == 0 else {
            try Test.cancel("no loop device is to be had here: \(mounted.errors)")
        }
        let images = try await Self.cutPower(bench)
        _ = try await bench.shell("umount -l disk")
        for image in images { try await Self.recover(image, bench) }
        print("power: \(images.count) images of a run, each mounted and recovered")
    }

    /// Runs a batch, and copies the disk's image again and again while the process stands still,
    /// without what the kernel has not written yet: as a cut would leave it.
    private static func cutPower(_ bench: Workbench) async throws -> [String] {
        // Every drop has to be signed. One that wants two people was taken up before and gets the
        // other signature now; one more goes on waiting.
        let prepared = try await bench.shell(
            """
            for who in alice bob; do ssh-keygen -q -t ed25519 -N '' -C $who -f $who || exit 1; done
            sign() {
                ssh-keygen -q -Y sign -n coldmint-request@licenses.example.com -f ../$1 \
                    <inbox/$2 >inbox/$3
            }
            cd disk && \(Workbench.binary) init --issuer https://licenses.example.com \
                --no-passphrase >/dev/null &&
            awk '{print $3 "@example.com", $1, $2}' ../alice.pub ../bob.pub >station/signers &&
            chmod 600 station/signers &&
            printf 'signers: signers\napprovalsFor: {deliver: 2}\n' >>station/station.yaml &&
            printf '{"name":"L0","customer":"c0","payload":{}}' >inbox/0.json &&
            sign alice 0.json 0.json.sig && \(Workbench.binary) run >/dev/null || exit 1
            for n in 7 8; do
                printf '{"action":"deliver","customer":"c0","requestId":"%s"}' $n >inbox/$n.json
                sign alice $n.json $n.json.sig && cp inbox/$n.json again-$n || exit 1
            done
            \(Workbench.binary) run >/dev/null || exit 1
            for n in 1 2 3 4 5 6; do
                printf '{"name":"L%s","customer":"c%s","payload":{}}' $n $((n % 3)) >inbox/$n.json
                sign bob $n.json $n.json.sig || exit 1
            done
            sign bob ../again-7 7.json.bob.sig && echo garbage >inbox/2.json.x.sig && sync
            """)
        try #require(prepared.status == 0, "\(prepared.errors)")
        // Each of the calls that make something durable is slowed down; the copy is made while the
        // process waits in one of them.
        let copied = try await bench.shell(
            """
            (cd disk && exec strace -f -o ../log -e trace=fsync,fdatasync \
                -e inject=fsync,fdatasync:delay_exit=60000 \(Workbench.binary) run) & tracer=$!
            n=0
            while kill -0 $tracer 2>/dev/null; do
                n=$((n + 1)); cp --sparse=always image cut-$n; sleep 0.05
            done
            wait $tracer; ls cut-* | wc -l
            """)
        #expect(copied.status == 0, "\(copied.errors)")
        let names = bench.names(in: ".").filter { $0.hasPrefix("cut-") }
        #expect(names.count > 10, "only \(names.count) images")
        return names
    }

    private static func recover(_ image: String, _ bench: Workbench) async throws {
        let recovered = try await bench.shell(
            """
            mkdir -p again && mount -o loop \(image) again && cd again && mkdir seen &&
            keep() {
                if [ -e outbox/checkpoint ]; then cp outbox/checkpoint seen/$1; fi
                for bundle in outbox/*/*.tar; do
                    tar -xOf $bundle --wildcards '*/checkpoint' >seen/$1-${bundle##*/} || return 1
                done
            } && keep before &&
            for file in seen/before-*; do
                [ $(sed -n 2p $file) -le $(sed -n 2p seen/before) ] || exit 1
            done &&
            \(Workbench.binary) run >/dev/null && keep after && since=$(printf -- '--since %s ' seen/*) &&
            \(Workbench.binary) audit $since >/dev/null &&
            \(Workbench.binary) verify outbox/*/*.tar >/dev/null 2>&1 &&
            [ "$(\(Workbench.binary) list | wc -l)" = 7 ] &&
            [ "$(\(Workbench.binary) list --signer bob@example.com | wc -l)" = 6 ] &&
            [ "$(ls inbox/accepted/*.receipt.json | wc -l)" = 8 ] &&
            [ "$(ls inbox/accepted/*.sig | wc -l)" = 10 ] &&
            [ "$(ls inbox/accepted/*-7.json.bob.sig | wc -l)" = 1 ] &&
            [ "$(ls inbox/.claimed/*-8.json{,.sig} | wc -l)" = 2 ] &&
            [ "$(ls inbox/.claimed | wc -l)" = 2 ] && [ "$(ls inbox | wc -l)" = 2 ] &&
            [ -z "$(find . -name '*.part')" ]
            """)
        #expect(recovered.status == 0, "\(image): \(recovered.errors)")
        _ = try await bench.shell("umount -l again; rm -f \(image)")
    }
}
