/// How far the reading of a text in portions has come.
enum PortionState: Equatable {
    case beginning
    /// Behind so many elements of the array that the text consists of.
    case inArray(count: Int)
    /// Only white space may follow.
    case afterArray
    /// At the end, or at a fault behind which nothing can be read.
    case stopped
}

extension Parser {
    struct PortionEnd {
        var state: PortionState
        /// Tape indices of the values that became whole.
        var roots: [Int] = []
        /// Where the next portion begins; what lies behind it is not whole yet.
        var offset = 0
        var arrayStart: Int?
    }

    /// No token needs more bytes than this behind its beginning for it to be seen that it is at
    /// fault.
    private static let lookAhead = 16

    /// Reads what is whole in a part of a text that goes on, or in its last part.
    mutating func readPortion(from state: PortionState, isLast: Bool) -> PortionEnd {
        switch state {
        case .beginning: return readBeginning(isLast: isLast)
        case .inArray(let count):
            tape.append(TapeEntry(containerFrom: 0, index: 0))
            frames.append(Frame(entry: 0, isObject: false, count: count))
            return readElements(isLast: isLast)
        case .afterArray: return readEnd()
        case .stopped: return PortionEnd(state: .stopped)
        }
    }

    private mutating func readBeginning(isLast: Bool) -> PortionEnd {
        skipWhiteSpace()
        if source[offset] == Byte.leftBracket {
            let start = offset
            // An array within the limit of depth, which is at least 1.
            tape.append(TapeEntry(containerFrom: offset, index: 0))
            frames.append(Frame(entry: 0, isObject: false))
            offset += 1
            var end = readElements(isLast: isLast)
            end.arrayStart = start
            return end
        }
        offset = 0
        do throws(Fault) {
            try readText()
        } catch {
            guard isLast || isCertain(error) else { return beginAgain() }
            record(error)
            return PortionEnd(state: .stopped, offset: source.count)
        }
        return isLast
            ? PortionEnd(state: .stopped, roots: [0], offset: source.count) : beginAgain()
    }

    /// What was found is found again, with more text behind it.
    private mutating func beginAgain() -> PortionEnd {
        records = []
        return PortionEnd(state: .beginning)
    }

    /// Whether more text would not mend a fault.
    private func isCertain(_ fault: Fault) -> Bool {
        fault.offset + Self.lookAhead <= source.count
    }

    private mutating func readElements(isLast: Bool) -> PortionEnd {
        var roots: [Int] = []
        while true {
            let (start, tapeCount, recordCount) = (offset, tape.count, records.count)
            let count = frames[0].count
            do throws(Fault) {
                try readNext(in: 0)
                while frames.count > 1 { try readNext(in: frames.count - 1) }
            } catch {
                if isLast || isCertain(error) {
                    record(error)
                    return PortionEnd(state: .stopped, roots: roots, offset: source.count)
                }
                offset = source.count
            }
            if frames.isEmpty { return readEnd(roots) }
            // A number may go on, and more may be missing.
            if offset >= source.count && !isLast {
                tape.removeLast(tape.count - tapeCount)
                records.removeLast(records.count - recordCount)
                return PortionEnd(state: .inArray(count: count), roots: roots, offset: start)
            }
            roots.append(tapeCount)
        }
    }

    private mutating func readEnd(_ roots: [Int] = []) -> PortionEnd {
        skipWhiteSpace()
        guard offset < source.count else {
            return PortionEnd(state: .afterArray, roots: roots, offset: source.count)
        }
        record(unexpected("the end of the text after the value"))
        return PortionEnd(state: .stopped, roots: roots, offset: source.count)
    }
}
