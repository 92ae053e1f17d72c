import Ledger
import LicenseToken

/// The licenses of one customer's bundle, read from the ledger a portion at a time, as often as
/// they are needed: few are kept in memory.
struct BundleLicenses {
    /// So many are in memory at a time.
    static let portion = 1000

    let customer: String
    let run: RunRecord
    private let station: OpenStation
    /// In the order of issue.
    private let numbers: [Int64]
    /// All of them, where they are no more than one portion.
    private let kept: [LicenseRecord]?

    init(
        of customer: String, in run: RunRecord, of station: OpenStation, hasDeliveries: Bool
    ) throws(StationFailure) {
        self.customer = customer
        self.run = run
        self.station = station
        (numbers, kept) = try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenses(
                inBundleOf: run.number, customer: customer, hasDeliveries: hasDeliveries,
                limit: Self.portion)
        }
    }

    var count: Int { numbers.count }

    /// All of them in the order of issue, in portions.
    func forEachPortion(
        _ body: ([LicenseRecord]) throws(StationFailure) -> Void
    ) throws(StationFailure) {
        for start in stride(from: 0, to: numbers.count, by: Self.portion) {
            try body(try licenses(at: Array(start..<min(start + Self.portion, numbers.count))))
        }
    }

    /// Some of them, by their places in the order of issue.
    func licenses(at places: [Int]) throws(StationFailure) -> [LicenseRecord] {
        if let kept { return places.map { kept[$0] } }
        let numbers = places.map { self.numbers[$0] }
        return try station.fromLedger { ledger throws(LedgerError) in
            try ledger.licenses(numbered: numbers, asOf: run.number)
        }
    }

    /// Whether these are the ids of all of them, in the order of issue.
    func have(subjects: [String]) throws(StationFailure) -> Bool {
        var rest = subjects[...]
        var isSame = true
        try forEachPortion { records throws(StationFailure) in
            let ids = records.map(\.id.description)
            isSame = isSame && rest.prefix(ids.count).elementsEqual(ids)
            rest = rest.dropFirst(ids.count)
        }
        return isSame && rest.isEmpty
    }
}
