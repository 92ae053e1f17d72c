import Bundles
import DurableFiles
import SystemPackage

extension StationFolder {
    /// How bundles look to customers, with the vendor's picture as it is now.
    func readPresentation(_ configuration: Configuration) throws(StationFailure) -> Presentation {
        let logo = try configuration.vendorLogo.map { name throws(StationFailure) in
            let path = path.appending(name)
            return try LogoFile.logo(of: try LogoFile.guardedBytes(at: path), at: path)
        }
        return configuration.presentation(with: logo)
    }

    /// The file of the vendor's picture, whatever is in it; `nil` where there is none. Only runs need it,
    /// so that a backup goes without.
    func keptLogo(
        _ configuration: Configuration
    ) throws(StationFailure) -> (name: FileName, bytes: [UInt8])? {
        guard let name = configuration.vendorLogo else { return nil }
        let path = path.appending(name)
        guard FileStatus.isFound(at: path) else { return nil }
        let bytes = try LogoFile.guardedBytes(at: path)
        try LogoFile.refuseIfTooLarge(bytes, at: path)
        return (FileName(name), bytes)
    }
}
