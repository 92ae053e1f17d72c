import GRDB

/// A row of `log_head`: the checkpoint that was signed for a run, or for a fork.
package struct LogHeadRecord: Sendable, Hashable {
    /// How many entries the log had.
    package let size: Int64
    /// `nil` where it was signed for a fork.
    package let run: Int64?
    /// The checkpoint with the station's own signature.
    package let note: [UInt8]
    /// The newest checkpoint that others had cosigned by then, with their cosignatures.
    package let cosigned: [UInt8]?

    init(row: Row) throws {
        let columns = Columns(row)
        size = try columns.integer("size")
        run = try columns.optionalInteger("run")
        note = try columns.bytes("note")
        cosigned = try columns.optionalBytes("cosigned")
    }
}

/// A row of `log_origin`: the name under which heads are signed from an entry on.
package struct LogOriginRecord: Sendable, Hashable {
    package let firstEntry: Int64
    package let origin: String
    /// Runs are counted from here on.
    package let firstRun: Int64
    /// What a fork has left behind: a checkpoint of the history that is lost, where one was found.
    package let lostCheckpoint: [UInt8]?

    init(row: Row) throws {
        let columns = Columns(row)
        firstEntry = try columns.integer("first_entry")
        origin = try columns.text("origin")
        firstRun = try columns.integer("first_run")
        lostCheckpoint = try columns.optionalBytes("lost_checkpoint")
    }
}
