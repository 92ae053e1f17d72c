import StrictJSON

extension Terminal {
    /// The text on one line, without codes that a terminal would obey: names come from strangers.
    package static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            if isObeyed(scalar) {
                plain += scalar.escaped(asASCII: true)
            } else {
                plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }

    /// The JSON without codes that a terminal would obey. They stand in strings only, where they
    /// can be escaped.
    package static func escaped(_ json: String) -> String {
        guard json.utf8.contains(where: { $0 >= 0x7f }) else { return json }
        var escaped = ""
        for scalar in json.unicodeScalars {
            if scalar.value >= 0x7f && isObeyed(scalar) {
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// Control characters, line ends, and what turns the direction of the text around.
    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default:
            (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }
}
