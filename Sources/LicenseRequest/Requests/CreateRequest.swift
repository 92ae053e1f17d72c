package import CalendarTime
package import StrictJSON

/// A new license.
package struct CreateRequest: Sendable {
    package let name: String
    package let customer: String
    package let description: String?
    package let notBefore: Timestamp
    package let expiresAt: Timestamp
    /// A JSON object, which the token carries with its numbers and strings as they are written.
    package let payload: JSONValue
}
