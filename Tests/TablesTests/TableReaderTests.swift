import Testing

@testable import Tables

/// What was read of a table: rows by number, and faults as they are told.
private struct Read: Equatable {
    var header: [String] = []
    var rows: [String] = []
    var faults: [String] = []

    init(_ text: String, limits: TableReader.Limits = .init()) {
        self.init(Array(text.utf8), limits: limits)
    }

    init(_ bytes: [UInt8], limits: TableReader.Limits = .init()) {
        do throws(TableFaults) {
            var reader = try TableReader(bytes, limits: limits)
            header = reader.columns.map(\.name)
            while let row = reader.next() {
                let cells = (0..<header.count).map { row[$0] }
                rows.append("\(row.number): \(cells.joined(separator: "|"))")
            }
            faults = reader.faults.map(Self.line)
        } catch {
            faults = error.faults.map(Self.line)
        }
    }

    private static func line(_ fault: TableFault) -> String {
        fault.place.map { "\($0): \(fault.message)" } ?? fault.message
    }
}

@Suite struct TableReaderTests {
    @Test(arguments: [
        "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "a;b\n1;2\n", "a\tb\n1\t2\n",
        "sep=;\na;b\n1;2\n", "sep=;\r\na;b\r\n1;2\r\n", "sep=,\ra,b\r1,2", "\u{feff}a,b\n1,2\n",
        "\u{feff}sep=;\na;b\n1;2\n", #""a","b"\#n"1","2"\#n"#, " a , b\u{a0}\n1,2\n",
    ])
    func `separators and line ends of all spreadsheets are read`(text: String) {
        let read = Read(text)
        #expect(read.header == ["a", "b"])
        #expect(read.rows == ["2: 1|2"])
        #expect(read.faults == [])
    }

    @Test func `the separator is the one that is most frequent in the header`() {
        #expect(Read("\"net, or gross\";a;b\n1,5;2;3\n").rows == ["2: 1,5|2|3"])
        #expect(Read("name\na;b\n").rows == ["2: a;b"])
        #expect(Read("a,b;c\n1,2\n").header == ["a", "b;c"])
    }

    @Test func `quotes hold separators, line ends and quotes`() {
        let read = Read("a,b\r\n\"x, \"\"y\"\"\",\"one\r\ntwo\"\r\n\"\",3\r\n")
        #expect(read.rows == ["2: x, \"y\"|one\r\ntwo", "3: |3"])
    }

    @Test func `a quote within a cell is a character like any other`() {
        #expect(Read("a,b\n5\" disk,{\"n\":1}\n").rows == ["2: 5\" disk|{\"n\":1}"])
    }

    @Test func `rows are numbered as they are shown, and those with nothing in them passed over`()
        throws
    {
        let text = "a,b\n\"1\n1\",\n,\n\n3,\n"
        #expect(Read(text).rows == ["2: 1\n1|", "5: 3|"])
        var reader = try TableReader(Array(text.utf8))
        while reader.next() != nil {}
        #expect(reader.emptyRowCount == 2)
    }

    @Test func `what a row lacks is empty, and empty cells beyond the header are nothing`() {
        #expect(Read("a,b\n1\n1,2,,\n").rows == ["2: 1|", "3: 1|2"])
        #expect(Read("a,,b,\n1,,2,\n").faults == [])
    }

    @Test func `columns have the letters of a spreadsheet`() {
        let letters = [0, 25, 26, 51, 52, 701, 702, 999].map {
            TablePlace.Column(index: $0, name: "").letters
        }
        #expect(letters == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "ALL"])
    }

    @Test(arguments: [
        ("a,b\n\"x\"y,2\n", "row 2, column A \"a\": text follows a closing quote"),
        ("a,b\n1,\"x\n2,y\n", "row 2, column B \"b\": a quote is opened here and never closed"),
        ("a,b\n1,2,3\n", "row 2, column C: the row has more cells than the header"),
        ("a,b,a\n", "row 1, column C \"a\": column A has the same header"),
        ("a,,b\n1,2,3\n4,5,6\n", "row 2, column B: the column has no header"),
        ("", "row 1: the first row is empty"), ("\na,b\n", "row 1: the first row is empty"),
        ("\"a\n", "row 1, column A: a quote is opened here and never closed"),
    ])
    func `a fault is told with its row and column`(text: String, fault: String) {
        let faults = Read(text).faults
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix(fault) == true, "\(faults)")
    }

    @Test func `all faults are told at once`() {
        let faults = Read("a,b\n\"x\"y,2\n1,\"2\"z\n1,2,3\n").faults
        #expect(faults.map { $0.prefix(5) } == ["row 2", "row 3", "row 4"])
    }

    @Test func `another encoding is told with the way out`() {
        let latin = Read(Array("name\nM".utf8) + [0xfc] + Array("ller\nS".utf8) + [0xf6, 0x0a])
        #expect(latin.faults.count == 1)
        #expect(
            latin.faults.first?.hasPrefix(
                "row 2, column A \"name\": the text is not UTF-8: in Excel, save it as 'CSV UTF-8'")
                == true)
        for bytes: [UInt8] in [
            [0xff, 0xfe, 0x61, 0], [0xfe, 0xff, 0, 0x61], [0x61, 0], [0, 0x61],
        ] {
            #expect(Read(bytes).faults.first?.hasPrefix("the table is UTF-16") == true)
        }
    }

    @Test func `limits answer`() {
        var limits = TableReader.Limits()
        limits.bytes = 20
        limits.rows = 2
        limits.cells = 3
        func faults(_ text: String) -> [String] { Read(text, limits: limits).faults }
        #expect(faults("a\n1\n2\n") == [])
        #expect(faults("a\n1\n2\n3\n").first?.hasPrefix("row 4: more than 2 rows") == true)
        #expect(faults("a,b,c,d\n").first?.contains("more than 3 cells") == true)
        #expect(faults("a\n1,2,3,4\n").first?.contains("more than 3 cells in a row") == true)
        #expect(faults("a\n1234567890123456789\n").first?.hasPrefix("larger than 20") == true)
    }
}
