import LicenseRequest
import PayloadSchema
import StrictJSON

/// What the text of a cell is in JSON.
struct CellValue {
    let json: OrderedJSON
    /// Why it cannot be what is asked for, in words for whoever fills in the table. Then `json` is
    /// the text.
    var fault: String?

    private init(_ json: OrderedJSON) {
        self.json = json
    }

    private init(fault: String?, text: String) {
        json = .string(text)
        self.fault = fault
    }

    /// What was a text in JSON already.
    init(text: String) {
        self.init(.string(text))
    }

    /// - Parameter expected: what may be there; `nil` where nobody knows.
    init(_ text: String, for member: RequestMember, expected: ExpectedValue?) {
        switch member {
        case .member("graceDays"), .member("noticeDays"):
            self.init(text, as: [.integer], subject: "\(member)")
        case .member: self.init(.string(text))
        case .payload([]): self.init(text, as: [.object], subject: "the payload")
        case .payload(let path):
            let kinds = expected?.kinds ?? []
            if kinds.isEmpty || kinds.count == ExpectedValue.Kind.allCases.count {
                self.init(guessing: text)
            } else {
                self.init(text, as: kinds, subject: path.joined(separator: "."))
            }
        }
    }

    /// Without a schema: a number, `true`, `false`, an array or object of JSON is that.
    private init(guessing text: String) {
        guard let value = Self.value(text), value.sourceText.count == text.utf8.count,
            value.kind != .null
        else {
            self.init(.string(text))
            return
        }
        self.init(.text(value.compact))
    }

    private init(_ text: String, as kinds: Set<ExpectedValue.Kind>, subject: String) {
        if kinds == [.string] {
            self.init(.string(text))
            return
        }
        let value = Self.value(text)
        if let value, Self.is(value, kinds) {
            self.init(.text(value.compact))
        } else if kinds.contains(.boolean), let truth = Self.truth(of: text) {
            self.init(.bool(truth))
        } else if kinds.contains(.string) {
            let forced = value?.kind == .string ? value : nil
            self.init(forced.map { .text($0.compact) } ?? .string(text))
        } else {
            let wish = CellSentence.wish(kinds, subject: subject)
            self.init(fault: "\(wish), and is \(CellSentence.quoted(text))", text: text)
        }
    }

    private static func value(_ text: String) -> JSONValue? {
        // Why it is no JSON is thrown away: then it is a text.
        (try? JSONDocument.parse(Array(text.utf8)))?.root
    }

    /// `1.000` is no whole number: a spreadsheet may mean a thousand by it.
    private static func `is`(_ value: JSONValue, _ kinds: Set<ExpectedValue.Kind>) -> Bool {
        switch value.kind {
        case .null: kinds.contains(.null)
        case .bool: kinds.contains(.boolean)
        case .number: kinds.contains(.number) || kinds.contains(.integer) && value.isIntegerText
        case .array: kinds.contains(.array)
        case .object: kinds.contains(.object)
        case .string: false
        }
    }

    private static func truth(of text: String) -> Bool? {
        switch text.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }
}
