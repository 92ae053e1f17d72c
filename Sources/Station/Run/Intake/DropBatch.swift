/// Drops that are recorded together, in one transaction.
struct DropBatch {
    private static let maximumDrops = 256
    private static let maximumBytes = 64 << 20

    private(set) var drops: [ParsedDrop] = []
    private var byteCount = 0

    var isFull: Bool { drops.count >= Self.maximumDrops || byteCount >= Self.maximumBytes }

    mutating func add(_ drop: ParsedDrop) {
        drops.append(drop)
        byteCount += drop.byteCount
    }

    /// Gives the drops away; the batch is empty afterwards.
    mutating func takeDrops() -> [ParsedDrop] {
        let drops = drops
        self = DropBatch()
        return drops
    }
}
