extension JSONValue {
    /// In source order; empty unless an array.
    package var elements: some Sequence<JSONValue> {
        let document = document
        return sequence(state: kind == .array ? index + 1 : entry.next) {
            [end = entry.next] next -> JSONValue? in
            guard next < end else { return nil }
            let element = JSONValue(document: document, index: next)
            next = element.entry.next
            return element
        }
    }

    /// In source order; empty unless an object.
    package var members: some Sequence<JSONMember> {
        let document = document
        return sequence(state: kind == .object ? index + 1 : entry.next) {
            [end = entry.next] next -> JSONMember? in
            guard next < end else { return nil }
            let member = JSONMember(document: document, nameIndex: next)
            next = member.value.entry.next
            return member
        }
    }

    /// Whether it is a string of these UTF-8 bytes. Nothing is copied where it has no escape.
    package func isString(_ utf8: [UInt8]) -> Bool {
        kind == .string && document.isString(at: index, equalTo: utf8)
    }

    /// The value of the member `name`, by the UTF-8 bytes of the decoded name and never by
    /// canonical equivalence; nil if there is none or this is no object. Takes time linear in
    /// the length of the names.
    package func member(_ name: String) -> JSONValue? {
        let wanted = Array(name.utf8)
        return members.first { document.isString(at: $0.nameIndex, equalTo: wanted) }?.value
    }
}
