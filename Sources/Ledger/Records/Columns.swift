import CalendarTime
import Foundation
import GRDB
import LicenseToken
import Signatures

/// One row of a table, read column by column into the types that the ledger holds.
///
/// A value of another type than the schema asks for is a damage of the file and thrown as one:
/// GRDB's own conversions would end the process.
struct Columns {
    let row: Row
    /// Where each column stands in the row; where this is missing, GRDB looks for its name.
    private let places: [String: Int]?

    init(_ row: Row, at places: [String: Int]? = nil) {
        self.row = row
        self.places = places
    }

    func integer(_ column: String) throws -> Int64 {
        try required(optionalInteger(column), column)
    }

    func optionalInteger(_ column: String) throws -> Int64? {
        try converted(column, to: "whole number", Int64.fromDatabaseValue)
    }

    func optionalCount(_ column: String) throws -> Int? {
        try converted(column, to: "count", Int.fromDatabaseValue)
    }

    /// - Parameter likely: what most rows have, whose storage is then shared.
    func text(_ column: String, likely: String? = nil) throws -> String {
        let text = try required(optionalText(column), column)
        return likely.map { $0.utf8.elementsEqual(text.utf8) ? $0 : text } ?? text
    }

    func optionalText(_ column: String) throws -> String? {
        try converted(column, to: "text", String.fromDatabaseValue)
    }

    func bytes(_ column: String) throws -> [UInt8] {
        try required(optionalBytes(column), column)
    }

    func optionalBytes(_ column: String) throws -> [UInt8]? {
        try converted(column, to: "blob") { value in
            // A text is convertible to Data, and is still no blob.
            if case .blob(let data) = value.storage { Array(data) } else { nil }
        }
    }

    func time(_ column: String) throws -> Timestamp {
        try required(optionalTime(column), column)
    }

    func optionalTime(_ column: String) throws -> Timestamp? {
        try converted(column, to: "time") { value in
            Int64.fromDatabaseValue(value).flatMap(Timestamp.init(secondsSinceEpoch:))
        }
    }

    func digest(_ column: String) throws -> SHA256Digest {
        try required(optionalDigest(column), column)
    }

    func optionalDigest(_ column: String) throws -> SHA256Digest? {
        try optionalBytes(column).map {
            try converted(SHA256Digest(bytes: $0), column, to: "digest")
        }
    }

    func licenseID(_ column: String) throws -> LicenseID {
        try converted(LicenseID(text(column)), column, to: "license id")
    }

    /// - Parameter likely: what most rows have, which need not be checked again.
    func keyID(_ column: String, likely: KeyID? = nil) throws -> KeyID {
        let text = try text(column)
        if let likely, likely.description == text { return likely }
        return try converted(KeyID(text), column, to: "key id")
    }

    func publicKey(_ column: String) throws -> VerificationKey {
        try converted(VerificationKey(bytes: bytes(column)), column, to: "Ed25519 public key")
    }

    /// One of the texts that an enumeration knows.
    func word<Word: RawRepresentable<String>>(_ column: String) throws -> Word {
        try converted(Word(rawValue: text(column)), column, to: "known word")
    }

    private func converted<Value>(
        _ column: String, to kind: String, _ convert: (DatabaseValue) -> Value?
    ) throws -> Value? {
        let value: DatabaseValue = places?[column].map { row[$0] } ?? row[column]
        return value.isNull ? nil : try converted(convert(value), column, to: kind)
    }

    private func converted<Value>(
        _ value: Value?, _ column: String, to kind: String
    ) throws -> Value {
        guard let value else { throw damage(column, "a value that is no \(kind)") }
        return value
    }

    private func required<Value>(_ value: Value?, _ column: String) throws -> Value {
        guard let value else { throw damage(column, "nothing, where a value must be") }
        return value
    }

    private func damage(_ column: String, _ what: String) -> LedgerError.Reason {
        .damaged("the column \(column) holds \(what)")
    }
}

extension SHA256Digest {
    /// As a blob of 32 bytes.
    var blob: Data { Data(bytes) }
}
