import StrictJSON

/// The requests that a drop holds, and the problems that its bytes show by themselves.
package struct DropContent: Sendable {
    /// The requests that could be read. They end before an unreadable request that might set a name
    /// free, since nobody can tell which names are taken after it.
    package let requests: [Request]
    /// Whether the text breaks off within its JSON value, as that of a file does which is still
    /// being written.
    package let endsTooSoon: Bool
    /// What is wrong with it whatever exists already.
    let ownProblems: ProblemList

    /// Whether the drop is refused whatever licenses exist already.
    package var hasOwnProblems: Bool { !ownProblems.problems.isEmpty }

    package init(reading bytes: [UInt8], rules: RequestRules) {
        // One more than is listed, so that the list tells that there are more.
        let limits = JSONLimits(maxProblems: rules.maximumProblems + 1)
        let (document, faults) = JSONDocument.read(bytes, limits: limits)
        endsTooSoon = faults.last.map { $0.kind == .syntax && $0.offset >= bytes.count } ?? false
        var list = ProblemList(limit: rules.maximumProblems, document: document)
        for fault in faults { list.add(Problem(fault)) }
        requests =
            document.map { Self.requests(in: $0.root, rules: rules, problems: &list) } ?? []
        ownProblems = list
    }

    private static func requests(
        in root: JSONValue, rules: RequestRules, problems: inout ProblemList
    ) -> [Request] {
        switch root.kind {
        case .object:
            return RequestReader(root, at: .root, rules: rules).read(&problems).map { [$0] } ?? []
        case .array:
            return requests(inArray: root, rules: rules, problems: &problems)
        default:
            problems.add(
                .wrongType, at: .root, root,
                "a drop is one request, a JSON object, or an array of them")
            return []
        }
    }

    private static func requests(
        inArray root: JSONValue, rules: RequestRules, problems: inout ProblemList
    ) -> [Request] {
        guard root.count > 0 else {
            problems.add(.invalidValue, at: .root, root, "the array holds no request")
            return []
        }
        guard root.count <= rules.maximumRequests else {
            problems.add(
                .tooMany, at: .root, root,
                "\(root.count) requests in one drop, the limit is \(rules.maximumRequests): "
                    + "divide them over several files")
            return []
        }
        var requests: [Request] = []
        requests.reserveCapacity(root.count)
        var isForeseeable = true
        for (index, element) in root.elements.enumerated() where !problems.isFull {
            let pointer = JSONPointer.root.appending(index: index)
            guard element.kind == .object else {
                problems.add(.wrongType, at: pointer, element, "a request is a JSON object")
                isForeseeable = false
                continue
            }
            let reader = RequestReader(element, at: pointer, rules: rules)
            if let request = reader.read(&problems) {
                if isForeseeable { requests.append(request) }
            } else if !reader.onlyAddsNames {
                isForeseeable = false
            }
        }
        return requests
    }
}

extension Problem {
    fileprivate init(_ problem: JSONProblem) {
        let code: Code =
            switch problem.kind {
            case .syntax: .invalidJSON
            case .duplicateMember: .duplicateMember
            case .tooDeep: .tooDeep
            }
        self.init(code, at: problem.pointer, offset: problem.offset, problem.message)
        position = problem.position
    }
}
