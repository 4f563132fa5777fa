import Areas
import Casework
import Domain
import Storage

/// Who and what the filled street refers to: the demo street's grids, organisations and people.
struct StreetPeople: Sendable {
    let street: AreaID
    let letters: String
    /// Each grid with all its scopes.
    let grids: [(id: AreaID, scopes: [UUIDValue])]
    /// Departments and companies, which get the tasks, with somebody who signs for them.
    let handlers: [(organisation: OrganisationID, account: AccountID)]
    let centre: OrganisationID
    let seat: AccountID
    let dispatcher: AccountID
    let checker: AccountID
    let checkers: OrganisationID
    let matters: [MatterReference]

    init(_ database: any Database) async throws {
        let areas = AreaDirectory()
        try await areas.refresh(from: database)
        let tree = areas.tree
        let grids = tree.roots.flatMap { tree.descendants(of: $0.id) }.compactMap { tree.area($0) }.filter {
            $0.level == .grid
        }
        guard let first = grids.first, let street = tree.street(above: first.id), let letters = street.letters else {
            throw BenchError("the demo street is missing")
        }
        self.street = street.id
        self.letters = letters
        self.grids = grids.map { grid in (grid.id, tree.lineage(of: grid.id).map(\.id.uuid)) }
        let (organisations, accounts) = try await database.read { tx in
            (
                try tx.rows("SELECT code, id FROM organisation").reduce(into: [String: OrganisationID]()) {
                    $0[try $1.get("code")] = try $1.get("id")
                },
                try tx.rows("SELECT login, id FROM account").reduce(into: [String: AccountID]()) {
                    $0[try $1.get("login")] = try $1.get("id")
                }
            )
        }
        func organisation(_ code: String) throws -> OrganisationID {
            guard let id = organisations[code] else { throw BenchError("no organisation \(code)") }
            return id
        }
        func account(_ login: String) throws -> AccountID {
            guard let id = accounts[login] else { throw BenchError("no account \(login)") }
            return id
        }
        handlers = try ["lamps", "sanitation", "enforcement", "tonghuayuan"].map {
            (try organisation($0), try account($0))
        }
        centre = try organisation("centre")
        checkers = try organisation("wutong")
        seat = try account("seat")
        dispatcher = try account("dispatcher")
        checker = try account("checker")
        let catalogues = try Catalogues.shipped()
        matters = catalogues.directories.flatMap { directory in
            directory.classes(of: .matter).flatMap { directory.entries(of: .matter, inClass: $0.reference.code) }
        }.map(\.reference)
    }
}
