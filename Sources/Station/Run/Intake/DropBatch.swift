/// Drops that are recorded together, in one transaction.
struct DropBatch {
    private static let maximumDrops = 1024
    private static let maximumBytes = 64 << 20

    private(set) var drops: [ParsedDrop] = []
    private var byteCount = 0
    private var hasLargeDrop = false

    var isFull: Bool {
        hasLargeDrop || drops.count >= Self.maximumDrops || byteCount >= Self.maximumBytes
    }

    /// Whether a drop may be recorded with those that are here: a large one is recorded alone.
    func hasRoom(for drop: ParsedDrop) -> Bool { drops.isEmpty || !(drop.isLarge || isFull) }

    mutating func add(_ drop: ParsedDrop) {
        drops.append(drop)
        byteCount += drop.byteCount
        hasLargeDrop = hasLargeDrop || drop.isLarge
    }

    /// Gives the drops away; the batch is empty afterwards.
    mutating func takeDrops() -> [ParsedDrop] {
        let drops = drops
        self = DropBatch()
        return drops
    }
}
