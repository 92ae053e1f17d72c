/// A piece of a template.
indirect enum TemplatePart: Sendable {
    case text([UInt8])
    /// `{{name}}`, or `{{{name}}}`, which stays as it is in markup too.
    case value(String, isRaw: Bool)
    /// `{{#name}}` to `{{/name}}`.
    case section(String, [TemplatePart])
}

/// What stands for a name of a template.
enum TemplateValue: Sendable {
    case text(String)
    /// Whether a section is there.
    case flag(Bool)
    /// A section is there once for each element, whose names come before those around it.
    case list([[String: String]])
}
