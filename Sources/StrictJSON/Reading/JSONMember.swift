/// A member of an object (RFC 8259 section 4).
package struct JSONMember: Sendable {
    package let document: JSONDocument
    let nameIndex: Int

    /// The decoded name. Compare its UTF-8 bytes: `==` takes canonically equivalent names for
    /// equal, which are different names in JSON.
    package var name: String { document.string(at: nameIndex) }

    /// Whether the decoded name has these UTF-8 bytes. Nothing is copied where it has no escape.
    package func isNamed(_ utf8: [UInt8]) -> Bool {
        document.isString(at: nameIndex, equalTo: utf8)
    }

    /// The byte offset of the opening quote of the name.
    package var nameOffset: Int { document.offset(of: document.tape[nameIndex]) }

    /// The name as a string of its own.
    package var nameValue: JSONValue { JSONValue(document: document, index: nameIndex) }

    package var value: JSONValue { JSONValue(document: document, index: nameIndex + 1) }
}
