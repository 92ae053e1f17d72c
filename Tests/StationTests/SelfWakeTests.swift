import DurableFiles
import Spool
import SystemPackage
import Testing

@testable import Station

/// A watch waits for what others do. What its own runs do must not wake it, or it never rests.
struct SelfWakeTests {
    @Test func `no run wakes the watch on its inbox`() throws {
        let station = try TestStation()
        _ = try station.run()
        try station.dropLicense("A", for: "acme", as: "a.json")
        try station.drop("{", as: "b.json")
        let watch = try InboxWatch(at: FilePath("\(station.path)/inbox"))
        #expect(try station.run().accepted == 1)
        #expect(try station.run() == RunReport())
        #expect(watch.wait(seconds: 0.05, or: try StopRequest()) == .timeout)
    }
}
