import CalendarTime
import LicenseRequest
import StrictJSON
import Testing

@testable import Station
@testable import coldmint

/// What people read, of results that the station returned.
@Suite struct TextTests {
    @Test func `an audit without findings says that all is well`() {
        let report = AuditReport(licenseCount: 1, bundleCount: 2, movedBundleCount: 1)
        #expect(
            report.lines == [
                "1 license, 0 entries of the log and 2 bundles checked, 1 no longer in the outbox: "
                    + "all is well"
            ])
        #expect(report.warnings == [])
    }

    @Test
    func `findings come before the count of an audit, and runs that were cut off are warnings`() {
        let report = AuditReport(findings: ["a", "b"], unfinishedRuns: [7])
        #expect(
            report.lines == [
                "a", "b",
                "0 licenses, 0 entries of the log and 0 bundles checked, 0 no longer in the outbox: "
                    + "2 findings",
            ])
        #expect(report.warnings == ["run 7 was cut off: 'coldmint run' finishes it"])
    }

    @Test func `a run that recorded nothing has no number`() {
        #expect(
            RunReport(waiting: 1).lines == [
                "0 drops accepted, 0 rejected, 0 repeated, 1 waiting; 0 licenses issued, "
                    + "0 bundles made"
            ])
        #expect(
            RunReport(run: 3, accepted: 1, licenses: 1, bundles: ["acme/a.tar"]).lines == [
                "run 3: 1 drop accepted, 0 rejected, 0 repeated, 0 waiting; 1 license issued, "
                    + "1 bundle made", "acme/a.tar",
            ])
    }

    @Test func `a summary of renewals names what was left out, and why`() {
        #expect(RenewalReport(renewed: 1).summary == "1 renewal")
        #expect(
            RenewalReport(renewed: 0, skipped: 2, beyondYear9999: 3).summary
                == "0 renewals, 2 issued already and left out, 3 left out, past the year 9999")
    }

    @Test func `an event says what was there before and what is there now`() {
        #expect(Self.event(.renamed(from: "A", to: "B")).summary == "renamed from 'A' to 'B'")
        #expect(
            Self.event(.described(from: nil, to: "x")).summary
                == "description changed from none to 'x'")
        #expect(Self.event(.delivered(bundle: "a/b.tar")).summary == "delivered again, in a/b.tar")
    }

    @Test func `a checked file is good, repeats a drop, or has a line for each problem`() {
        func lines(_ problems: [Problem], _ accepted: AcceptedDrop? = nil) -> [String] {
            CheckedRequestFile(
                file: "a.json", requestCount: 2, problems: problems, accepted: accepted
            ).lines
        }
        #expect(lines([]) == ["a.json: good, 2 requests"])
        let accepted = AcceptedDrop(run: 4, file: "b.json", receipt: nil)
        #expect(
            lines([], accepted) == ["a.json: repeats b.json of run 4: a run would change nothing"])
        let problem = Problem(.tooLarge, "larger than it may be")
        #expect(
            lines([problem, problem])
                == Array(repeating: "a.json: larger than it may be (too-large)", count: 2))
    }

    static func event(_ kind: LicenseEvent.Kind) -> LicenseEvent {
        LicenseEvent(
            kind: kind, time: Timestamp(secondsSinceEpoch: 1_827_619_200) ?? .latest, run: 1,
            file: "a.json", sha256: nil, approval: nil)
    }
}
