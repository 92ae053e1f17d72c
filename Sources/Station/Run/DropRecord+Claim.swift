import DurableFiles
import Ledger
import Spool

extension DropRecord {
    /// `nil` where the ledger's text is none, which nobody but a foreign hand brings about.
    var claimName: ClaimName? { ClaimName(FileName(bytes: claim)) }

    /// What the drop was called before it was taken up, as messages show it.
    var originalName: String { Station.originalName(ofClaim: claim) }
}

/// What a drop was called before it was taken up, as messages show it.
func originalName(ofClaim claim: [UInt8]) -> String {
    let name = FileName(bytes: claim)
    return (ClaimName(name)?.original ?? name).description
}
