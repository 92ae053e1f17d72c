import CalendarTime
import Console
import Station

extension LogSummary {
    var lines: [String] {
        var lines = ["log \(origin), \(Self.entries(entryCount))"]
        if let head {
            let run = head.run.map { "run \($0)" } ?? "a fork"
            lines.append(
                "newest head: \(Self.entries(head.size)), signed for \(run)\(Self.at(head.time))")
        } else {
            lines.append("no head was signed yet: the next run that issues something signs one")
        }
        if let since {
            let late = beganLate ? ", what was recorded before was entered then" : ""
            lines.append("entered as it happens since \(since)\(late)")
        }
        for fork in forks {
            lines.append(
                "fork at entry \(fork.firstEntry)\(Self.at(fork.time)), runs from \(fork.firstRun) on: "
                    + (fork.reason ?? "its reason is missing"))
        }
        for witness in witnesses {
            lines.append(
                "cosigned by \(witness.name): \(Self.entries(witness.size))\(Self.at(witness.time))"
            )
        }
        return lines
    }

    private static func entries(_ count: Int64) -> String {
        "\(count) \(count == 1 ? "entry" : "entries")"
    }

    private static func at(_ time: Timestamp?) -> String {
        time.map { ", \($0)" } ?? ""
    }
}
