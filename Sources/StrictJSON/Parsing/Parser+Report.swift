extension Parser {
    /// Keeps a fault together with the path to the value being read.
    mutating func record(_ fault: Fault) {
        var path: [PathStep] = []
        for frame in frames {
            guard let child = frame.child else { break }
            path.append(frame.isObject ? .member(child) : .element(child))
        }
        records.append(FaultRecord(fault: fault, path: path))
    }

    /// The problems with their pointers and positions. One pass finds all positions, since the
    /// faults are in source order. Each name is decoded once, however many pointers contain it.
    ///
    /// - Parameter place: where the source begins in its text.
    func report(from place: TextPlace = .start) -> [JSONProblem] {
        var counter = PositionCounter(from: place)
        var names: [Int: [UInt8]] = [:]
        return records.map { record in
            JSONProblem(
                kind: record.fault.kind, offset: place.offset + record.fault.offset,
                pointer: JSONPointer(tokens: record.path.map { token($0, names: &names) }),
                position: counter.position(at: record.fault.offset, in: source),
                message: record.fault.message)
        }
    }

    private func token(_ step: PathStep, names: inout [Int: [UInt8]]) -> [UInt8] {
        switch step {
        case .element(let index):
            return JSONPointer.token(index: index)
        case .member(let name):
            if let token = names[name] { return token }
            let token = JSONPointer.token(member: source.decoded(tape[name].content))
            names[name] = token
            return token
        }
    }
}
