package import LicenseRequest
import PlainText
import StrictJSON
import Tables

extension RequestTable {
    /// All problems, by rows.
    ///
    /// - Parameter found: what a run would find in each of the drops.
    package func allProblems(_ found: [(drop: RequestDrop, problems: [Problem])]) -> [TableProblem]
    {
        // What was told of a cell already was told better.
        let told = Set(problems.map(\.place).filter(\.isOfOneValue))
        var all = problems
        var seen: Set<TableProblem> = []
        for (drop, problems) in found {
            // That an end is past says more than that it lies before the beginning.
            let past = Set(problems.filter { $0.code == .alreadyExpired }.map(\.pointer))
            for problem in problems
            where problem.code != .datesOutOfOrder || !past.contains(problem.pointer) {
                let problem = tableProblem(problem, in: drop)
                if told.contains(problem.place) { continue }
                if seen.insert(problem).inserted { all.append(problem) }
            }
        }
        return all.enumerated().sorted {
            TableProblem.precedes($0.element, $1.element)
                || !TableProblem.precedes($1.element, $0.element) && $0.offset < $1.offset
        }.map(\.element)
    }

    private func tableProblem(_ problem: Problem, in drop: RequestDrop) -> TableProblem {
        let steps = problem.pointer.steps
        guard let index = steps.first.flatMap({ Int($0) }), drop.entries.indices.contains(index)
        else {
            let which = drop.key.map { "of '\($0.shortened(to: 80))': " } ?? ""
            let remedy = problem.code == .tooLarge ? ", as --split-by does" : ""
            return TableProblem(
                .of(problem.code), at: .file, which + problem.message + remedy, places)
        }
        let row = drop.entries[index].row
        var path = Array(steps.dropFirst())
        if let missing = problem.missingMember {
            path.append(missing)
            return lack(of: path, in: row, problem)
        }
        guard let field = layout.field(holding: path) else {
            let place = TablePlace(row: row.number)
            return TableProblem(.of(problem.code), at: .cell(place), problem.message, places)
        }
        let message = CellSentence.message(
            problem, text: field.text(in: row) ?? "", action: action(of: row))
        guard let column = field.column, field.constant == nil || !row[column.index].isEmpty else {
            return TableProblem(.of(problem.code), at: .constant(field.member), message, places)
        }
        let place = TablePlace(row: row.number, column: column)
        return TableProblem(.of(problem.code), at: .cell(place), message, places)
    }

    /// Something that the request must have and the row does not give.
    private func lack(of path: [String], in row: TableRow, _ problem: Problem) -> TableProblem {
        let name = path.joined(separator: ".")
        let isClaim = path.first == "payload" && path.count > 1
        if let column = layout.field(holding: path)?.column, row[column.index].isEmpty {
            let place = TablePlace(row: row.number, column: column)
            let message =
                isClaim
                ? "the cell is empty, and the product asks for it"
                : "the cell is empty, and must not be"
            return TableProblem(.of(problem.code), at: .cell(place), message, places)
        }
        guard places == .table else {
            let message = "\(name) is missing: give --set \(name)=…"
            return TableProblem(.of(problem.code), at: .file, message, places)
        }
        if path == ["payload"], layout.givesClaims {
            let message = "no claim is given: all cells of the payload are empty"
            let place = TablePlace(row: row.number)
            return TableProblem(.of(problem.code), at: .cell(place), message, places)
        }
        if let field = layout.field(holding: path) {
            // An object in a cell, without one of its members.
            let place = TablePlace(row: row.number, column: field.column)
            return TableProblem(.of(problem.code), at: .cell(place), problem.message, places)
        }
        let remedy =
            path == ["payload"]
            ? "add columns for claims, 'payload.NAME'" : "add one, or give --set '\(name)=…'"
        return TableProblem(
            .of(problem.code), at: .cell(TablePlace(row: 1)),
            "no column gives '\(name)'\(isClaim ? ", which the product asks for" : ""): \(remedy)",
            places)
    }
}
