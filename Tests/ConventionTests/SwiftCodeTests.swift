import Testing

/// The rules are only as good as what they look at.
@Suite struct SwiftCodeTests {
    @Test(arguments: [
        ("a // try!\nb", "a \nb"),
        ("a /* as! /* b */ as! */ c", "a  c"),
        (##"a("try!", #"x" \(y)"#) + b"##, ##"a("", "") + b"##),
        (#""one \(two("as!" + three)) four" + five"#, #"""two("" + three) + five"#),
        ("\"\"\"\n  // try! \"quoted\"\n  \"\"\"\nb", "\"\"\n\n\nb"),
        (#""\"try!\"" + b"#, #""" + b"#),
        ("let unended = \"", "let unended = \"\""),
    ])
    func `comments and literals are taken out, and the code in them is not`(
        source: String, code: String
    ) {
        #expect(SwiftCode.stripped(source) == code)
    }

    @Test(arguments: [
        ("import A", "A"), ("package import A", "A"), ("@testable import A", "A"),
        ("@preconcurrency package import A", "A"), ("import struct A.B", "A"),
        ("  import A", "A"),
    ])
    func `an import is found in each of its forms`(line: String, module: String) {
        let file = SourceFile(path: "M/f.swift", text: line, code: line)
        #expect(file.imports == [module])
    }
}
