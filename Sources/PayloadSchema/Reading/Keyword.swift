/// What a schema may say; there is nothing else.
enum Keyword: String, CaseIterable {
    case type, `enum`, const
    case properties, required, additionalProperties, propertyNames, minProperties, maxProperties
    case items, prefixItems, contains, minItems, maxItems, uniqueItems
    case minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf
    case minLength, maxLength, pattern
    case allOf, anyOf, oneOf, not, `if`, then, `else`
    case definitions = "$defs"
    case reference = "$ref"
    case title, description, `default`, examples, deprecated
    case comment = "$comment"
    case dialect = "$schema"
    case identifier = "$id"
}
