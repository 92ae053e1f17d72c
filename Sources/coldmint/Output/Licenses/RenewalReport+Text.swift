import Console
import Station

extension RenewalReport {
    var summary: String {
        var parts = [counted(renewed, "renewal")]
        if skipped > 0 { parts.append("\(skipped) issued already and left out") }
        if beyondYear9999 > 0 { parts.append("\(beyondYear9999) left out, past the year 9999") }
        return parts.joined(separator: ", ")
    }
}
