import PlainText
package import StrictJSON

/// Why a payload is not what a product asks for.
package struct PayloadProblem: Sendable {
    /// A step from an object or array to what is in it.
    package enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
    }

    /// What is at fault.
    package enum Place: Sendable {
        case whole
        case value(JSONValue)
        /// The name of a member.
        case name(JSONMember)
    }

    /// From the payload to the value at fault.
    package let path: [Step]
    package let place: Place
    let reason: Reason

    /// A sentence for whoever wrote the request, lower case, without a full stop.
    package var message: String { reason.sentence(about: subject) }

    /// The member that the object at fault lacks, where that is the fault.
    package var missingMember: String? {
        if case .missing(let name) = reason { name } else { nil }
    }

    /// The value at fault as a person writes it: `limits.cpu`, `modules[2]`.
    private var subject: String {
        guard !path.isEmpty else { return "the payload" }
        var text = ""
        for step in path {
            switch step {
            case .member(let name): text += (text.isEmpty ? "" : ".") + name
            case .element(let index): text += "[\(index)]"
            }
        }
        return text.shortened(to: Reason.quoteLimit)
    }
}
