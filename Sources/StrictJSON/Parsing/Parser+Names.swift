extension Parser {
    /// An object with up to this many members has its names compared one by one, without
    /// allocation. A larger one has them hashed.
    private static let fewNames = 8

    /// Whether an earlier member of the object `frames[top]` has the name at tape index `name`.
    mutating func isRepeated(_ name: Int, in top: Int) -> Bool {
        if frames[top].count <= Self.fewNames { return isAmongFew(name, in: top) }
        if frames[top].names.isEmpty { collectNames(before: name, in: top) }
        return !frames[top].names.insert(decodedName(name)).inserted
    }

    private func isAmongFew(_ name: Int, in top: Int) -> Bool {
        var earlier = frames[top].entry + 1
        while earlier < name {
            if isSameName(earlier, name) { return true }
            earlier = tape[earlier + 1].next
        }
        return false
    }

    private mutating func collectNames(before name: Int, in top: Int) {
        var earlier = frames[top].entry + 1
        while earlier < name {
            frames[top].names.insert(decodedName(earlier))
            earlier = tape[earlier + 1].next
        }
    }

    private func isSameName(_ first: Int, _ second: Int) -> Bool {
        if tape[first].hasEscape || tape[second].hasEscape {
            return decodedName(first) == decodedName(second)
        }
        return source.isEqual(tape[first].content, tape[second].content)
    }

    private func decodedName(_ name: Int) -> MemberName {
        MemberName(bytes: source.decoded(tape[name].content))
    }

    /// Records a repeated name and lets the parser go on. Throws where that is the last problem that
    /// the limits allow.
    mutating func reportRepeated(_ name: Int) throws(Fault) {
        let fault = Fault(
            kind: .duplicateMember, offset: tape[name].start,
            message: "repeated member name, keep only one member of this name")
        if records.count + 1 >= limits.maxProblems { throw fault }
        record(fault)
    }
}
