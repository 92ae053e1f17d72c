package struct LogEvidence: Sendable {
    package struct Cosigned: Sendable {
        package let checkpoint: [UInt8]
        package let consistency: [UInt8]
        package init(checkpoint: [UInt8], consistency: [UInt8]) {
            self.checkpoint = checkpoint
            self.consistency = consistency
        }
    }
    package let checkpoint: [UInt8]
    package let proof: [UInt8]
    package let cosigned: Cosigned?
    package let forkNote: String?
    package init(checkpoint: [UInt8], proof: [UInt8], cosigned: Cosigned?, forkNote: String?) {
        self.checkpoint = checkpoint
        self.proof = proof
        self.cosigned = cosigned
        self.forkNote = forkNote
    }
}
