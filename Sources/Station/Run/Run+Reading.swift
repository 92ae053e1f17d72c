import CalendarTime
import DurableFiles
import LicenseRequest
import Logging
import Spool

extension Run {
    /// `nil` where the drop has gone, or cannot be taken up; then the others are not held up.
    mutating func claim(_ name: FileName) throws(StationFailure) -> ClaimName? {
        let claim = ClaimName(
            time: now.basicFormat, sequence: sequence,
            random: try environment.randomBytes(ClaimName.randomByteCount), original: name)
        sequence += 1
        do throws(FileSystemError) {
            return try inbox.claim(name, as: claim) ? claim : nil
        } catch {
            deferDrop(after: error)
            return nil
        }
    }

    mutating func take(
        _ claim: ClaimName, _ unsettled: inout [(ClaimName, FileLook)]
    ) throws(StationFailure) {
        if case .unsettled(let look) = try read(claim, since: nil) {
            unsettled.append((claim, look))
        }
        environment.progress.advance()
    }

    mutating func takeSettled(
        _ claim: ClaimName, since look: FileLook
    ) throws(StationFailure) {
        if case .unsettled = try read(claim, since: look) { report.waiting += 1 }
    }

    private mutating func read(
        _ claim: ClaimName, since look: FileLook?
    ) throws(StationFailure) -> DropReading {
        let limit = station.configuration.maximumDropBytes
        let reading: DropReading
        do throws(FileSystemError) {
            reading = try inbox.read(claim, maximumByteCount: limit, since: look)
        } catch {
            deferDrop(after: error)
            return .stillWritten
        }
        switch reading {
        case .content(let bytes, let isCertain):
            let drop = ParsedDrop(claim: claim, bytes: bytes, rules: rules)
            // Another user's writer cannot be seen; a text that breaks off speaks of one.
            if drop.endsTooSoon && !isCertain {
                try waitForWriter(claim)
            } else {
                try add(drop, bytes.count)
            }
        case .notARegularFile(let reason):
            try refuse(
                claim, .notARegularFile, "a drop must be a plain file of its own: \(reason)")
        case .tooLarge:
            try add(ParsedDrop(claim: claim, problem: .tooLarge(limit: limit)), 0)
        case .stillWritten: try waitForWriter(claim)
        case .unsettled: break
        }
        return reading
    }

    private mutating func waitForWriter(_ claim: ClaimName) throws(StationFailure) {
        guard !isOverdue(claim) else {
            return try refuse(
                claim, .incomplete,
                "not whole \(station.configuration.incompleteAfterSeconds) seconds after it was "
                    + "taken up: drop it again, whole")
        }
        report.waiting += 1
        log.notice(
            "a drop is still being written and waits", metadata: ["file": "\(claim.original)"])
    }

    private mutating func refuse(
        _ claim: ClaimName, _ code: Problem.Code, _ message: String
    ) throws(StationFailure) {
        try add(ParsedDrop(claim: claim, problem: Problem(code, message)), 0)
    }

    private func isOverdue(_ claim: ClaimName) -> Bool {
        guard let since = Timestamp(basicFormat: claim.time) else { return false }
        let age = now.secondsSinceEpoch - since.secondsSinceEpoch
        return age > Int64(station.configuration.incompleteAfterSeconds)
    }

    private mutating func deferDrop(after error: FileSystemError) {
        report.waiting += 1
        report.ioFailures += 1
        log.error(
            "a drop cannot be taken up: it waits, and the next run tries again",
            metadata: ["reason": "\(error)"])
    }

    func fromInbox<Result>(
        _ body: (borrowing Inbox) throws(FileSystemError) -> Result
    ) throws(StationFailure) -> Result {
        try onDisk { () throws(FileSystemError) in try body(inbox) }
    }
}
