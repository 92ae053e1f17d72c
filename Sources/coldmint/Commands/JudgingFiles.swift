import Station
import StrictJSON

/// Judges one file after the other; one that cannot be read is complained of and does not keep the
/// others from their verdict.
///
/// - Parameters:
///   - judge: gives the verdict on a file, as JSON and as whether it is good.
///   - report: tells people; used without `json`.
func judgeFiles<Verdict>(
    _ files: [String], json: Bool, _ judge: (String) throws(StationFailure) -> Verdict,
    report: (Verdict) throws(StationFailure) -> Void,
    asJSON: (Verdict) -> (OrderedJSON, isGood: Bool)
) throws {
    var verdicts: [OrderedJSON] = []
    var status = ExitStatus.success
    for file in files {
        do throws(StationFailure) {
            let verdict = try judge(file)
            let (text, isGood) = asJSON(verdict)
            if json { verdicts.append(text) } else { try report(verdict) }
            if !isGood && status == .success { status = .dataError }
        } catch {
            Terminal.complain(error.description)
            status = error.status
        }
    }
    if json { try Terminal.result(.array(verdicts)) }
    if status != .success { Coldmint.exit(status) }
}
