import Support
import Testing

/// Somebody who keeps every checkpoint that has ever left a station, in the folder `seen` beside it.
extension Workbench {
    /// Keeps those that lie in the outbox now, alone or in bundles, and the bundles' names; no bundle may
    /// be there before a checkpoint that covers it is.
    func keepCheckpoints(_ story: String) async throws {
        let script = """
            import glob, hashlib, os, tarfile
            os.makedirs("seen", exist_ok=True)
            def keep(note):
                with open("seen/" + hashlib.sha256(note).hexdigest()[:16], "wb") as file:
                    file.write(note)
                return int(note.split(b"\\n")[1])
            newest = 0
            if os.path.exists("outbox/checkpoint"):
                newest = keep(open("outbox/checkpoint", "rb").read())
            for path in sorted(glob.glob("outbox/*/*.tar")):
                with tarfile.open(path) as tar:
                    notes = [tar.extractfile(m).read() for m in tar if m.name.endswith("/checkpoint")]
                if len(notes) != 1:
                    print(path, "has", len(notes), "checkpoints")
                elif keep(notes[0]) > newest:
                    print(path, "came before a checkpoint that covers it")
            """
        let kept = try await run("/usr/bin/python3", ["-c", script])
        #expect(kept.status == 0, "\(story): \(kept.errors)")
        #expect(kept.output == "", "\(story)")
    }

    /// An audit that each kept checkpoint has to agree with.
    func auditSinceAllKept() async throws -> Answer {
        let files = names(in: "seen").flatMap { ["--since", "seen/\($0)"] }
        return try await run(Self.binary, ["audit"] + files)
    }

    /// Whatever state a fault has left the station in: what it gave out before is in its log.
    func expectKnowsAllCheckpoints(
        atLeast count: Int = 1, _ story: String
    ) async throws {
        try await keepCheckpoints(story)
        #expect(names(in: "seen").count >= count, "\(story)")
        let audit = try await auditSinceAllKept()
        #expect(audit.status == 0, "\(story): \(audit.output)\(audit.errors)")
    }
}
