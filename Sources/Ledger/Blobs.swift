import Foundation

/// GRDB reads and writes blobs as Foundation's Data; everybody else here has bytes.
func data(_ bytes: [UInt8]) -> Data {
    Data(bytes)
}

func bytes(_ data: Data) -> [UInt8] {
    Array(data)
}
