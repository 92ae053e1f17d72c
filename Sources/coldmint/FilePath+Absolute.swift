import Foundation
import SystemPackage

extension FilePath {
    /// From the root, as seen from the folder that the process is in.
    var absolute: FilePath {
        FilePath(FileManager.default.currentDirectoryPath).pushing(self)
    }
}
