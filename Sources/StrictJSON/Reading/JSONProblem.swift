/// One fault of a text, worded for the person who has to correct it.
package struct JSONProblem: Sendable, Hashable {
    package enum Kind: Sendable {
        /// The text breaks the grammar of RFC 8259, is not UTF-8, or is 4 GiB or longer.
        case syntax
        /// An object names a member twice (RFC 8259 section 4 only says it should not).
        case duplicateMember
        /// An array or object is nested deeper than `JSONLimits.maxDepth`.
        case tooDeep
        /// A value is larger than a reader in portions may hold.
        case tooLarge
    }

    package let kind: Kind
    /// In bytes; the end of the text where that breaks off.
    package let offset: Int
    /// The value at fault: the repeated member, the container that is too deep, or for a syntax
    /// problem the innermost value being read (the object, for a fault at a member name).
    package let pointer: JSONPointer
    /// For a repeated member, its second name; otherwise the first byte that cannot be accepted.
    package let position: TextPosition
    /// Lower case, without a final full stop; quotes at most one character of the source.
    package let message: String
}
