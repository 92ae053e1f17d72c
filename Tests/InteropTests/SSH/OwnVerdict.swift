import CalendarTime
import SSHSignatures
import Signatures

/// What Coldmint's reader says to a question that ssh-keygen is asked too.
enum OwnVerdict: Sendable {
    case counts(person: String)
    case noSignature(SSHFormatError)
    case noList([AllowedSignersError.Fault])
    case doesNotCount(SignatureRefusal)
    case doesNotFit(SSHSignature)

    init(to question: SSHKeygen.Question, file: [UInt8]) {
        let signature: SSHSignature
        do throws(SSHFormatError) {
            signature = try SSHSignature(armored: question.signature)
        } catch {
            self = .noSignature(error)
            return
        }
        do throws(AllowedSignersError) {
            let judgement = try AllowedSigners(parsing: question.list).judge(
                signature, of: SignedFileDigests(of: file), namespace: question.namespace,
                at: question.time)
            self =
                switch judgement {
                case .counts(let entry): .counts(person: entry.person)
                case .fitsButDoesNotCount(let refusal): .doesNotCount(refusal)
                case .doesNotFit: .doesNotFit(signature)
                }
        } catch {
            self = .noList(error.faults)
        }
    }

    var person: String? {
        if case .counts(let person) = self { person } else { nil }
    }
}
