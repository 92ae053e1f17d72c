import StrictJSON

/// What becomes one request file.
package struct RequestDrop {
    /// The customer or product that its rows share; `nil` where all rows go into one.
    package let key: String?
    let entries: [RequestTable.Entry]

    /// An array, a request on each line.
    package var text: [UInt8] {
        var text = Array("[\n".utf8)
        for (index, entry) in entries.enumerated() {
            if index > 0 { text += Array(",\n".utf8) }
            entry.request.appendCompact(to: &text)
        }
        return text + Array("\n]\n".utf8)
    }
}

extension RequestTable {
    /// Everything in one.
    package var whole: RequestDrop { RequestDrop(key: nil, entries: entries) }

    /// One for each value of a member, in the order in which they come.
    package func drops(by member: RequestMember) -> [RequestDrop] {
        let field = layout.field(member)
        var order: [String] = []
        var groups: [String: [Entry]] = [:]
        for entry in entries {
            let key = field?.text(in: entry.row) ?? ""
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(entry)
        }
        return order.map { RequestDrop(key: $0, entries: groups[$0] ?? []) }
    }
}
