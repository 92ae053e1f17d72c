import StrictJSON

/// Reads the requests of a drop piece by piece, and finds the problems that its text shows by
/// itself.
package struct DropReader {
    /// A request is held in memory while it is read. A payload has to be smaller still.
    private static let maximumRequestByteCount = 32 << 20

    private let rules: RequestRules
    private var text: JSONPortionReader
    private var byteCount = 0
    /// Whether it is known of the requests so far which names they set free.
    private var isForeseeable = true
    private var problemList: ProblemList
    /// Those of the JSON text alone.
    private var faults: [Problem] = []
    /// Whether the text breaks off within its JSON value, as that of a file does which is still
    /// being written. To be asked at the end.
    package private(set) var endsTooSoon = false

    package init(rules: RequestRules) {
        self.rules = rules
        // One more than is listed, so that the list tells that there are more.
        text = JSONPortionReader(
            limits: JSONLimits(maxProblems: rules.maximumProblems + 1),
            maximumValueByteCount: Self.maximumRequestByteCount)
        problemList = ProblemList(limit: rules.maximumProblems)
    }

    /// What is wrong with the drop whatever exists already, as far as it was read.
    package var problems: ProblemList { problemList }

    /// Reads on. The last piece may be empty.
    ///
    /// - Returns: requests that became whole. They end before an unreadable request that might set
    ///   a name free, since nobody can tell which names are taken after it.
    package mutating func read(_ piece: [UInt8], isLast: Bool) -> [Request] {
        guard !text.isStopped else { return [] }
        byteCount += piece.count
        let portion = text.read(piece, isLast: isLast)
        if let last = portion.problems.last, isLast {
            endsTooSoon = last.kind == .syntax && last.offset >= byteCount
        }
        var requests: [Request] = []
        requests.reserveCapacity(portion.values.count)
        var unlisted = portion.problems[...]
        for (offset, value) in portion.values.enumerated() {
            // In the order of the text, since only the first problems are listed.
            list(&unlisted, before: value.endOffset)
            if let request = request(value, at: portion.firstIndex + offset) {
                requests.append(request)
            }
        }
        list(&unlisted, before: .max)
        if isLast { checkCount() }
        return requests
    }

    /// Lists the first of these faults, those before an offset of the text.
    private mutating func list(_ unlisted: inout ArraySlice<JSONProblem>, before offset: Int) {
        while let fault = unlisted.first, fault.offset < offset {
            unlisted.removeFirst()
            faults.append(Problem(fault))
            problemList.add(Problem(fault))
        }
    }

    private mutating func request(_ value: JSONValue, at index: Int) -> Request? {
        text.arrayPlace == nil ? request(inPlaceOfArray: value) : request(inArray: value, at: index)
    }

    private mutating func request(inPlaceOfArray value: JSONValue) -> Request? {
        guard value.kind == .object else {
            problemList.add(
                .wrongType, at: .root, value,
                "a drop is one request, a JSON object, or an array of them")
            return nil
        }
        return RequestReader(value, at: .root, rules: rules).read(&problemList)
    }

    private mutating func request(inArray value: JSONValue, at index: Int) -> Request? {
        // Beyond the limits elements are only counted.
        guard index < rules.maximumRequests, !problemList.isFull else { return nil }
        guard value.kind == .object else {
            problemList.add(
                .wrongType, at: .root.appending(index: index), value,
                "a request is a JSON object")
            isForeseeable = false
            return nil
        }
        let reader = RequestReader(value, at: .root.appending(index: index), rules: rules)
        if let request = reader.read(&problemList) { return isForeseeable ? request : nil }
        if !reader.onlyAddsNames { isForeseeable = false }
        return nil
    }

    private mutating func checkCount() {
        guard let place = text.arrayPlace else { return }
        let count = text.elementCount
        if count == 0 && faults.isEmpty {
            problemList.add(Problem(.invalidValue, at: place, "the array holds no request"))
        } else if count > rules.maximumRequests {
            // What is wrong with single requests is of no interest then.
            problemList = ProblemList(limit: rules.maximumProblems)
            for fault in faults { problemList.add(fault) }
            problemList.add(
                Problem(
                    .tooMany, at: place,
                    "\(count) requests in one drop, the limit is \(rules.maximumRequests): "
                        + "divide them over several files"))
        }
    }
}

extension Problem {
    /// A problem with the text's one array.
    fileprivate init(_ code: Code, at place: TextPlace, _ message: String) {
        self.init(code, offset: place.offset, message)
        position = place.position
    }
}
