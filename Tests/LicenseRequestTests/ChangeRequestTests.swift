import CalendarTime
import LicenseToken
import StrictJSON
import Testing

@testable import LicenseRequest

private let one = "0192e4a0-0000-7000-8000-000000000001"

private func content(_ text: String) throws -> DropContent {
    DropContent(
        reading: Array(text.utf8),
        rules: RequestRules(
            reservedClaims: ["exp"], now: try Timestamp(parsing: "2026-11-23T10:00:00Z")))
}

private func action(_ text: String) throws -> Request.Action {
    let content = try content(text)
    #expect(!content.hasOwnProblems)
    return try #require(content.requests.first).action
}

struct ChangeRequestTests {
    @Test func `an update is read with what it changes and what it clears`() throws {
        let both = #"{"action":"update","license":"\#(one)","name":"B","description":null}"#
        guard case .update(let update) = try action(both) else { throw Unexpected() }
        #expect(update.license.description == one)
        #expect(update.name == "B")
        #expect(update.description == .cleared)
        let text = #"{"action":"update","license":"\#(one.uppercased())","description":"x"}"#
        guard case .update(let other) = try action(text) else { throw Unexpected() }
        #expect(other.license.description == one)
        #expect(other.name == nil)
        #expect(other.description == .replaced("x"))
    }

    @Test func `a deletion and a delivery are read`() throws {
        let text = #"{"action":"delete","license":"\#(one)","name":"A","requestId":"r"}"#
        guard case .delete(let delete) = try action(text) else { throw Unexpected() }
        #expect(delete.name == "A")
        guard case .deliver("a") = try action(#"{"action":"deliver","customer":"a"}"#) else {
            throw Unexpected()
        }
    }

    @Test(arguments: [
        (#""update","license":"ID""#, "missing-member "),
        (#""update","name":"B""#, "missing-member "),
        (#""update","license":"x","name":"B""#, "invalid-value /license"),
        (#""update","license":7,"name":"B""#, "wrong-type /license"),
        (#""update","license":"ID","name":null"#, "wrong-type /name"),
        (#""update","license":"ID","name":"B","payload":{}"#, "immutable-member /payload"),
        (#""update","license":"ID","name":"B","notBefore":1"#, "immutable-member /notBefore"),
        (#""update","license":"ID","name":"B","expiresAt":"""#, "immutable-member /expiresAt"),
        (#""update","license":"ID","customer":"a","name":"B""#, "immutable-member /customer"),
        (#""update","license":"ID","name":"B","seats":1"#, "unknown-member /seats"),
        (#""delete","license":"ID""#, "missing-member "),
        (#""delete","name":"A""#, "missing-member "),
        (#""delete","license":"ID","name":"A","payload":{}"#, "unknown-member /payload"),
        (#""deliver""#, "missing-member "),
        (#""deliver","customer":"A b""#, "invalid-value /customer"),
        (#""deliver","customer":"a","name":"A""#, "unknown-member /name"),
    ])
    func `each broken rule is told with code and pointer`(
        members: String, expected: String
    ) throws {
        let text = #"{"action":\#(members.replacing("ID", with: one))}"#
        let problems = try content(text).problems(against: UnknownLicenses<Never>())
        #expect(problems.map { "\($0.code.rawValue) \($0.pointer)" } == [expected])
    }
}

private struct Unexpected: Error {}
