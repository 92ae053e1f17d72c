/// What a signature is worth for a file.
package enum SignatureJudgement: Sendable, Hashable {
    /// The person signed this very file and may do so now.
    case counts(AllowedSigners.Entry)
    /// The signature was made over this very file, but does not count.
    case fitsButDoesNotCount(SignatureRefusal)
    /// The signature is of another file, or false.
    case doesNotFit
}
