import CalendarTime
import Logging

/// What every part of a run works with.
struct RunContext {
    let station: OpenStation
    let environment: SystemEnvironment
    let keys: KeyRing
    let log: Logger
    /// Who may ask; `nil` where nobody has to sign.
    let approvals: ApprovalPolicy?
    /// What may be sold.
    let products: ProductCatalog
    /// The time by which all that happens in the run is dated.
    let now: Timestamp
    /// What a watch knows from earlier runs.
    var keptWaits: KeptWaits?
}
