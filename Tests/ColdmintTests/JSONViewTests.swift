import CalendarTime
import LicenseRequest
import StrictJSON
import Testing

@testable import Station
@testable import coldmint

/// What programs read: members, their order, and which are left out.
@Suite struct JSONViewTests {
    @Test func `an audit is valid where nothing was found`() {
        #expect(
            AuditReport(licenseCount: 1).json.compactText
                == #"{"valid":true,"licenses":1,"bundles":0,"entries":0,"signatures":0,"bundlesMoved":0,"#
                + #""unfinishedRuns":[],"changedDrops":[],"runsWithoutSigners":[],"findings":[]}"#)
        let kept = AuditReport.Agreement(file: "kept", entryCount: 7)
        let begun = try? Timestamp(parsing: "2027-01-01T00:00:00Z")
        #expect(
            AuditReport(agreements: [kept], logBegunAt: begun).json.compactText.contains(
                #""logBegunAt":"2027-01-01T00:00:00Z","since":[{"file":"kept","entries":7}],"#))
        let report = AuditReport(findings: ["a"], unfinishedRuns: [2], movedBundleCount: 3)
        #expect(
            report.json.compactText
                == #"{"valid":false,"licenses":0,"bundles":0,"entries":0,"signatures":0,"bundlesMoved":3,"#
                + #""unfinishedRuns":[2],"changedDrops":[],"runsWithoutSigners":[],"findings":["a"]}"#
        )
    }

    @Test func `a run that recorded nothing has no member run`() {
        #expect(
            RunReport().json.compactText
                == #"{"accepted":0,"rejected":0,"repeated":0,"waiting":0,"licenses":0,"#
                + #""bundles":[]}"#)
    }

    @Test(arguments: [
        (
            LicenseEvent.Kind.created(bundle: "a/b.tar"), #""action":"create""#,
            #","bundle":"a/b.tar""#
        ),
        (
            .renamed(from: "A", to: "B"), #""action":"update""#,
            #","member":"name","from":"A","to":"B""#
        ),
        (
            .described(from: nil, to: "x"), #""action":"update""#,
            #","member":"description","to":"x""#
        ),
        (
            .described(from: "x", to: nil), #""action":"update""#,
            #","member":"description","from":"x""#
        ),
        (.deleted, #""action":"delete""#, ""),
        (.delivered(bundle: "a/b.tar"), #""action":"deliver""#, #","bundle":"a/b.tar""#),
    ])
    func `an event names the action, and only what belongs to it`(
        kind: LicenseEvent.Kind, action: String, rest: String
    ) {
        #expect(
            TextTests.event(kind).json.compactText
                == "{\(action)" + #","at":"2027-12-01T00:00:00Z","run":1,"file":"a.json""# + rest
                + "}")
    }

    @Test func `a checked file has problems or a drop that it repeats, or neither`() {
        func json(_ problems: [Problem], _ accepted: AcceptedDrop? = nil) -> String {
            CheckedRequestFile(
                file: "a.json", requestCount: 1, problems: problems, accepted: accepted
            ).json.compactText
        }
        #expect(json([]) == #"{"file":"a.json","valid":true}"#)
        #expect(
            json([], AcceptedDrop(run: 4, file: "b.json", receipt: "accepted/b.receipt.json"))
                == #"{"file":"a.json","valid":true,"repeats":{"run":4,"file":"b.json","#
                + #""receipt":"accepted/b.receipt.json"}}"#)
        #expect(
            json([Problem(.tooLarge, "too much")])
                == #"{"file":"a.json","valid":false,"problems":[{"code":"too-large","#
                + #""pointer":"","message":"too much"}]}"#)
    }
}
