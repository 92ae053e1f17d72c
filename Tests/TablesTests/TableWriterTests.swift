import Testing

@testable import Tables

@Suite struct TableWriterTests {
    private func row(_ cells: String...) -> String {
        String(decoding: TableWriter().row(cells), as: UTF8.self)
    }

    @Test func `quotes stand where they are needed only`() {
        #expect(
            row("a", "b c", "d,e", "f;g", "\"h\"", "i\nj", "k\tl", " m", "ü")
                == "a,b c,\"d,e\",\"f;g\",\"\"\"h\"\"\",\"i\nj\",\"k\tl\",\" m\",ü\n")
        #expect(row("", "", "") == ",,\n")
        #expect(row("") == "\"\"\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+49 30 1", "'+49 30 1"), ("-Acme", "'-Acme"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1", "''=1"), ("-5", "-5"), ("-1.50", "-1.50"), ("+5", "'+5"), ("-", "'-"),
        ("-1.", "'-1."), ("'n", "'n"), ("5-3", "5-3"),
    ])
    func `no cell begins as a formula does, unless it is a number`(text: String, cell: String) {
        #expect(row(text) == cell + "\n")
    }

    @Test(arguments: [
        "plain", "=1", "'=1", "''=1", "'", "''", "'text'", "-5", "'-5", "\tx", "\rx", "\r\nx", "@",
        "",
        "a\"b\nc,d", " x ", "+", "e\u{301}", "'e\u{301}",
    ])
    func `what was written is read`(text: String) throws {
        for delimiter in TableForm.delimiters {
            let form = TableForm(delimiter: delimiter, hasByteOrderMark: true)
            let writer = TableWriter(form)
            var reader = try TableReader(
                writer.beginning + writer.row(["a", "b"]) + writer.row([text, "x"]))
            #expect(reader.form == form)
            #expect(reader.next()?[0].utf8.elementsEqual(text.utf8) == true)
            #expect(reader.faults.isEmpty)
        }
    }
}
