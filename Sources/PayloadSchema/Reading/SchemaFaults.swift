package import StrictJSON

/// Why a schema is not taken.
package struct SchemaFaults: Error, Sendable {
    package struct Fault: Sendable {
        /// In the file that the schema is in.
        package let pointer: JSONPointer
        /// The byte offset in the file.
        package let offset: Int
        /// What is wrong and what to do, lower case, without a full stop.
        package let message: String
    }

    /// In the order of the text; never empty.
    package let faults: [Fault]
}
