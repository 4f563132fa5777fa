import Areas
import Casework
import Domain
import Files
import Foundation
import Storage
import Vault
import Web

/// Small things by themselves: a table of HTML, and one verb through its command.
struct MicroMeasure {
    let workshop: Workshop
    let cases: Int

    /// Renders a table of 100 × 13 cells with text that needs escaping.
    func table(into results: Results) throws {
        let cells = (0..<1300).map { "清河路\($0)号 <电梯> & \"门\"" }
        let clock = ContinuousClock()
        var times: [Duration] = []
        var bytes = 0
        for _ in 0..<400 {
            let start = clock.now
            let rows = (0..<100).map { row -> HTML in
                let columns = (0..<13).map { column -> HTML in "<td>\(cells[row * 13 + column])</td>" }
                return "<tr>\(columns)</tr>"
            }
            let table: HTML = "<table>\(rows)</table>"
            times.append(clock.now - start)
            bytes = table.bytes.count
        }
        var table = Table("HTML: a table of 100 × 13", ["KB", "p50 ms", "p99 ms"])
        times.sort()
        table.add(
            String(bytes / 1000), milliseconds(times[200] / .microseconds(1)),
            milliseconds(times[396] / .microseconds(1)))
        try results.add(table)
    }

    /// Signs tasks of the filled street, one after the other, as the command does it.
    func signing(_ engines: [Engine], into results: Results) async throws {
        var table = Table(
            "The verb sign through its command, one at a time", ["engine", "tasks", "p50 ms", "p99 ms", "statements"])
        for engine in engines {
            let (place, isNew) = try await workshop.place("street-\(cases)", engine, keep: true)
            guard !isNew else { throw BenchError("sign needs the filled street: measure lists first") }
            let database = try place.open()
            let areas = AreaDirectory()
            try await areas.refresh(from: database)
            let keys = try KeyFile(path: place.keys).load()
            let casework = Casework(
                database: database, world: .live, catalogues: try Catalogues.shipped(), keys: keys, areas: areas,
                files: Files(path: place.keys + ".files", database: database, world: .live, keys: keys),
                evidence: try EvidenceNeeds.shipped())
            let people = try await StreetPeople(database)
            let (organisation, account) = people.handlers[0]
            let tasks = try await database.read { tx in
                try tx.rows(
                    """
                    SELECT t.id FROM case_scope s JOIN case_task t ON t.case_id = s.case_id
                    WHERE s.scope = \(organisation) AND s.open = 1 AND s.queue = 'sign'
                        AND t.organisation_id = \(organisation) AND t.state = 'offered'
                    ORDER BY s.due LIMIT 500
                    """
                ).map { try $0.get("id", as: TaskID.self) }
            }
            let scopes: Set<Scope> = [.organisation(organisation)]
            let actor = Actor(
                account: account, organisation: organisation,
                grants: [CaseworkPermission.signTask: scopes, CaseworkPermission.readCase: scopes])
            let clock = ContinuousClock()
            var times: [Duration] = []
            var statements = 0
            for task in tasks {
                let start = clock.now
                let counted = try await StatementCounter.counting {
                    try await SignTask(task: task).run(by: actor, in: casework)
                }
                times.append(clock.now - start)
                statements = counted.statements
            }
            await database.close()
            guard !times.isEmpty else { throw BenchError("no task waits to be signed") }
            times.sort()
            table.add(
                engine.name, String(times.count), milliseconds(times[times.count / 2] / .microseconds(1)),
                milliseconds(times[times.count * 99 / 100] / .microseconds(1)), String(statements))
        }
        try results.add(table)
    }
}

/// Whole microseconds.
private func / (left: Duration, right: Duration) -> Int {
    Int((left / right) as Double)
}
