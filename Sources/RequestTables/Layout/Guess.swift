import LicenseRequest
import PayloadSchema
import PlainText

/// What a header that leads nowhere was probably meant to be.
struct Guess {
    let message: String
    let member: RequestMember?

    /// Of a header that names no member.
    init(ofHeader header: String, products: [Product]) {
        let claims = products.flatMap { $0.schema.expectedValue(at: []).memberNames }
        member =
            claims.contains(header)
            ? .payload([header]) : RequestMember.nearest(to: header).flatMap { RequestMember($0) }
        let name = member.map { "'\($0)'" }
        message =
            "requests have no such member: \(name.map { "did you mean \($0)? " } ?? "")"
            + "--map '\(header)=\(member?.description ?? "MEMBER")' says what the column is, "
            + "--map '\(header)=' leaves it out"
    }

    /// Of a claim that none of the products knows; `nil` where one does.
    init?(ofClaim claim: RequestMember, products: [Product]) {
        guard case .payload(let path) = claim, let name = path.last, !products.isEmpty,
            products.allSatisfy({ $0.schema.expectedValue(at: path).isUnknown })
        else { return nil }
        let parent = Array(path.dropLast())
        let known = products.flatMap { $0.schema.expectedValue(at: parent).memberNames }
        let nearest = nearestText(to: name, among: known).map { parent + [$0] }
        member = nearest.map(RequestMember.payload)
        let who =
            products.count == 1 ? "the product '\(products[0].name)' knows" : "the products know"
        let wish = known.isEmpty ? "" : ": " + Self.list(known, under: parent)
        message =
            "\(who) no claim '\(path.joined(separator: "."))'"
            + (member.map { ": did you mean '\($0)'?" } ?? wish)
    }

    private static func list(_ names: [String], under parent: [String]) -> String {
        let members = names.prefix(12).map { "'\(RequestMember.payload(parent + [$0]))'" }
        return "there are " + members.joined(separator: ", ")
            + (names.count > members.count ? " and others" : "")
    }
}
