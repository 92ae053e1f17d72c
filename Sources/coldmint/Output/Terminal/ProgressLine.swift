import Console
import Foundation
import Station
import Synchronization

/// One line at the bottom of a terminal that says how far a run is, where it takes longer than a
/// second: `signing: 12,300 of 100,000 licenses, 8,140 a second, 11 s left`.
final class ProgressLine: Sendable {
    private static let delay = Duration.seconds(1)
    private static let interval = 0.2

    private let progress: RunProgress
    private let begun = ContinuousClock.Instant.now
    private let isOver = Atomic<Bool>(false)

    /// `nil` where there is no terminal to show it on, or `NO_COLOR` asks for plain output.
    init?(of progress: RunProgress) {
        let wantsNone = ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty == false
        guard isatty(STDERR_FILENO) == 1, !wantsNone else { return nil }
        self.progress = progress
    }

    func start() {
        Thread.detachNewThread { [self] in
            while !isOver.load(ordering: .acquiring) {
                Thread.sleep(forTimeInterval: Self.interval)
                if ContinuousClock.now - begun > Self.delay, let step = progress.step {
                    show(Self.text(step, at: .now))
                }
            }
        }
    }

    func end() {
        isOver.store(true, ordering: .releasing)
        BottomLine.remove()
    }

    private func show(_ text: String) {
        BottomLine.show(text) { isOver.load(ordering: .acquiring) }
    }

    static func text(_ step: RunProgress.Step, at now: ContinuousClock.Instant) -> String {
        let amount = "\(step.phase.rawValue): \(grouped(step.done)) of \(grouped(step.total)) "
        let elapsed = (now - step.begun) / .seconds(1)
        guard step.done > 0, elapsed > 0 else { return amount + step.unit }
        let rate = Double(step.done) / elapsed
        let left = Double(max(0, step.total - step.done)) / rate
        return amount
            + "\(step.unit), \(grouped(Int(rate))) a second, \(Int(left.rounded(.up))) s left"
    }

    private static func grouped(_ number: Int) -> String {
        number.formatted(.number.locale(Locale(identifier: "en_US")))
    }
}
