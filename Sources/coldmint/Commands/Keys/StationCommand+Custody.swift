import Signing
import Station

extension StationCommand {
    /// Takes the station for what is to be done with its keys.
    func beginCustody(
        _ passphrase: PassphraseSource = PassphraseSource(file: nil)
    ) throws -> KeyCustody {
        warnOfUnlockedMemory()
        return try KeyCustody.begin(station, passphrase: passphrase, environment: .system)
    }

    /// Says where a key or passphrase in memory may be written to swap.
    func warnOfUnlockedMemory() {
        if !SecretBytes.canBeLocked { Terminal.printMessage(KeyRing.unlockedMemoryWarning) }
    }
}
