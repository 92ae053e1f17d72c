import Console
import Signing
import Station

extension StationCommand {
    /// Takes the station for what is to be done with its keys.
    ///
    /// - Parameter passphrase: `nil` where no private key is opened.
    func beginCustody(_ passphrase: PassphraseSource? = nil) throws -> KeyCustody {
        if passphrase != nil { warnOfUnlockedMemory() }
        return try KeyCustody.begin(
            station, passphrase: passphrase ?? PassphraseSource(file: nil), environment: .system)
    }

    /// Says where a key or passphrase in memory may be written to swap.
    func warnOfUnlockedMemory() {
        if !SecretBytes.canBeLocked { Terminal.printMessage(KeyRing.unlockedMemoryWarning) }
    }
}
