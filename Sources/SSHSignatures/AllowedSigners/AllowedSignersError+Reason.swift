import PlainText

extension AllowedSignersError {
    package enum Reason: Error, Sendable, Hashable {
        // The file.
        case tooLong(limit: Int)
        case nobody
        // The characters of a line.
        case zeroByte
        case notUTF8
        case byteOrderMark
        case control(String)
        // Who it is.
        case noPerson(keyType: String)
        case emptyName
        case patternInName(String)
        case quoteInName
        case hiddenInName(String)
        case longName(limit: Int)
        case sameNameInOtherCase(String, line: Int)
        case nameOfAnother(String, line: Int)
        case keyOfAnother(String, line: Int)
        // The options.
        case openQuote
        case certificateAuthority
        case unknownOption(String)
        case optionWithoutValue(String)
        case textAfterOption
        case emptyOption
        case repeatedOption(String)
        case noSuchTime(option: String, String)
        case validForNoTime
        case allowsNoNamespace
        case longPattern(limit: Int)
        // The key.
        case noKey
        case unsupportedKeyType(String)
        case keyNotBase64
        case badKey(SSHFormatError)
        case otherKeyType(written: String, held: String)
    }
}

extension AllowedSignersError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLong(let limit): "the file is too long: at most \(limit) bytes are read"
        case .nobody: "the file names nobody: write a line NAME KEYTYPE KEY for each key"
        case .zeroByte: "a zero byte: save the file as UTF-8 text"
        case .notUTF8: "not UTF-8: save the file as UTF-8 text"
        case .byteOrderMark: "a byte order mark: save the file as UTF-8 without one"
        case .control(let point):
            "the character \(point), which can make a line look like another one: remove it"
        default: ofPerson ?? ofOptions ?? ofKey ?? "not understood"
        }
    }

    private var ofPerson: String? {
        switch self {
        case .noPerson(let type):
            "the line begins with the key type \(type): write the person's name before it"
        case .emptyName: "an empty name: names are divided by one comma each, without blanks"
        case .patternInName(let name):
            "the name '\(name.shortened(to: 60))' has *, ? or !: a person is one name, without patterns"
        case .quoteInName: "a quotation mark in a name: write the name without quotes and blanks"
        case .hiddenInName(let point): "the character \(point) in a name cannot be seen: remove it"
        case .longName(let limit): "a name is too long: at most \(limit) bytes"
        case .sameNameInOtherCase(let name, let line):
            "line \(line) spells this person '\(name)': spell a person the same everywhere"
        case .nameOfAnother(let name, let line):
            "'\(name)' stands for another person in line \(line): give each person names of their own"
        case .keyOfAnother(let name, let line):
            "the key is that of '\(name)' in line \(line): one key cannot speak for two people"
        default: nil
        }
    }

    private var ofOptions: String? {
        switch self {
        case .openQuote: "a quotation mark is not closed"
        case .certificateAuthority:
            "cert-authority: certificates are not taken, so list each person's own key"
        case .unknownOption(let name):
            "unknown option '\(name.shortened(to: 60))': "
                + "there are namespaces, valid-after and valid-before"
        case .optionWithoutValue(let name): "\(name) needs a value in quotes: \(name)=\"…\""
        case .textAfterOption:
            "text after the value of an option: options are divided by one comma each, without blanks"
        case .emptyOption: "an empty option: options are divided by one comma each, without blanks"
        case .repeatedOption(let name): "\(name) is given twice"
        case .noSuchTime(let option, let text):
            "\(option)=\"\(text.shortened(to: 60))\" is no time in UTC: write YYYYMMDDZ, "
                + "YYYYMMDDHHMMZ or YYYYMMDDHHMMSSZ, after 1970"
        case .validForNoTime: "valid-before must be later than valid-after"
        case .allowsNoNamespace: "namespaces allows none: name at least one without !"
        case .longPattern(let limit):
            "a pattern in namespaces is too long: at most \(limit) bytes"
        default: nil
        }
    }

    private var ofKey: String? {
        switch self {
        case .noKey: "no key: a line is NAME [OPTIONS] KEYTYPE KEY [COMMENT]"
        case .unsupportedKeyType(let name):
            "key type '\(name.shortened(to: 60))': "
                + "only ssh-ed25519 and sk-ssh-ed25519@openssh.com are taken"
        case .keyNotBase64: "the key is not whole, or not base64: copy it anew from its .pub file"
        case .badKey(let error): "the key is refused: \(error)"
        case .otherKeyType(let written, let held):
            "the line says \(written), but the key is of type \(held): copy both from its .pub file"
        default: nil
        }
    }
}
