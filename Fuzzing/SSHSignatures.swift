import CalendarTime
import Foundation
import SSHSignatures
import Signatures

/// The file that the genuine signatures are of; scripts/fuzz writes it.
private let digests = SignedFileDigests(of: Array("a request\n".utf8))

private let genuine: Set<[UInt8]> = {
    let folder = ProcessInfo.processInfo.environment["COLDMINT_FUZZ_GENUINE"] ?? ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Set(
        names.compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)")
                .flatMap { try? SSHSignature(armored: Array($0)).blob }
        })
}()

/// A signature beside a drop, in its armor and without.
func testSSHSignature(_ bytes: [UInt8]) {
    for signature in [try? SSHSignature(armored: bytes), try? SSHSignature(blob: bytes)] {
        guard let signature else { continue }
        require(
            (try? SSHSignature(armored: Array(signature.armored.utf8))) == signature,
            "a signature changes when it is written")
        require(
            (try? SSHPublicKey(blob: signature.publicKey.blob)) == signature.publicKey,
            "a key changes when it is written")
        if signature.isValid(forDigest: signature.digest(among: digests)) {
            require(genuine.contains(signature.blob), "a forged signature is valid")
        }
    }
}

/// A list of those who may sign.
func testSigners(_ bytes: [UInt8]) {
    do throws(AllowedSignersError) {
        let signers = try AllowedSigners(parsing: bytes)
        require(!signers.entries.isEmpty, "a list of nobody")
        let owners = Dictionary(grouping: signers.entries, by: \.publicKey.key)
        require(
            owners.values.allSatisfy { Set($0.map(\.person)).count == 1 },
            "one key speaks for two people")
        for entry in signers.entries {
            let again = try? AllowedSigners(parsing: Array(line(of: entry).utf8)).entries
            require(again?.count == 1, "a line cannot be written")
            require(again?.first?.person == entry.person, "a person has another name")
            require(
                again?.first?.publicKey == entry.publicKey
                    && again?.first?.namespaces == entry.namespaces
                    && again?.first?.validAfter == entry.validAfter
                    && again?.first?.validBefore == entry.validBefore,
                "a line means something else when it is written")
            _ = entry.allows(namespace: "coldmint-request@example.com")
        }
    } catch {
        require(!error.faults.isEmpty, "a list is refused without a reason")
        require(
            error.faults.count <= AllowedSignersError.limit, "faults are listed without a limit")
        require(
            error.faults.allSatisfy { $0.message.utf8.count < 1000 },
            "a fault quotes without a limit")
    }
}

private func line(of entry: AllowedSigners.Entry) -> String {
    var options: [String] = []
    if let list = entry.namespaces {
        options.append("namespaces=\"\(list.replacing("\"", with: "\\\""))\"")
    }
    func digits(_ time: String) -> String { time.replacing("T", with: "") }
    if let time = entry.validAfter { options.append("valid-after=\"\(digits(time.basicFormat))\"") }
    if let time = entry.validBefore {
        options.append("valid-before=\"\(digits(time.basicFormat))\"")
    }
    let names = ([entry.person] + entry.otherNames).joined(separator: ",")
    let key = Base64.standard.encodeToString(entry.publicKey.blob)
    let words = [names, options.joined(separator: ","), entry.publicKey.typeName, key]
    return words.filter { !$0.isEmpty }.joined(separator: " ") + "\n"
}
