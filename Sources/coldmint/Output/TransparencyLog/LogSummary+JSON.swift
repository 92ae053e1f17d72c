import CalendarTime
import Station
import StrictJSON

extension LogSummary {
    var json: OrderedJSON {
        .object([
            "origin": .string(origin), "entries": .integer(entryCount), "head": head?.json,
            "since": since.map { .string($0.description) },
            "beganLate": beganLate ? true : nil,
            "forks": .array(forks.map(\.json)),
            "cosignatures": .array(witnesses.map(\.json)),
        ])
    }
}

extension LogSummary.Head {
    fileprivate var json: OrderedJSON {
        .object([
            "size": .integer(size), "run": run.map(OrderedJSON.integer),
            "at": time.map { .string($0.description) },
        ])
    }
}

extension LogSummary.Fork {
    fileprivate var json: OrderedJSON {
        .object([
            "origin": .string(origin), "firstEntry": .integer(firstEntry),
            "firstRun": .integer(firstRun), "at": time.map { .string($0.description) },
            "reason": reason.map(OrderedJSON.string),
        ])
    }
}

extension LogSummary.Witness {
    fileprivate var json: OrderedJSON {
        .object([
            "name": .string(name), "vkey": .string(vkey), "size": .integer(size),
            "at": time.map { .string($0.description) },
        ])
    }
}
