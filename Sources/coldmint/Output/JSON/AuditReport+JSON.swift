import CalendarTime
import Console
import Station
import StrictJSON

extension AuditReport: PrintableResult {
    var json: OrderedJSON {
        .object([
            "valid": .bool(findings.isEmpty), "licenses": .integer(Int64(licenseCount)),
            "bundles": .integer(Int64(bundleCount)),
            "entries": .integer(entryCount),
            "logBegunAt": logBegunAt.map { .string($0.description) },
            "since": agreements.isEmpty ? nil : .array(agreements.map(Self.json)),
            "signatures": .integer(Int64(signatureCount)),
            "bundlesMoved": .integer(Int64(movedBundleCount)),
            "unfinishedRuns": .array(unfinishedRuns.map(OrderedJSON.integer)),
            "changedDrops": .array(changedDrops.map(OrderedJSON.string)),
            "runsWithoutSigners": .array(runsWithoutSigners.map(OrderedJSON.integer)),
            "findings": .array(findings.map(OrderedJSON.string)),
        ])
    }

    private static func json(_ agreement: Agreement) -> OrderedJSON {
        .object(["file": .string(agreement.file), "entries": .integer(agreement.entryCount)])
    }
}
