/// What is wrong with a table as such.
package struct TableFault: Sendable, Hashable {
    /// `nil` where it is about the whole file.
    package let place: TablePlace?
    /// Says what to do, lower case, without a full stop.
    package let message: String

    package init(place: TablePlace?, message: String) {
        self.place = place
        self.message = message
    }
}

/// Why a table cannot be read.
package struct TableFaults: Error, Sendable {
    /// In the order of the text; never empty.
    package let faults: [TableFault]
}
