import Signatures
import Testing

@testable import TransparencyLog

struct MerkleTreeTests {
    @Test func `a tree without leaves has the hash of no bytes as its root`() {
        #expect(
            MerkleTree.emptyRoot.description
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
