import Domain
import Storage
import StorageTestSupport

/// Every row of every table as text, to see that nothing has changed and that nothing is where it should not be.
struct TableDump: Equatable, Sendable {
    let tables: [String: [String]]

    /// The names are literals: nothing else can become a statement.
    private static let names: [StaticString] = [
        "account", "account_lockout", "account_recovery_code", "account_second_factor", "area", "area_revision",
        "assignment", "audit_entry", "audit_head", "audit_seal", "callback", "case_file", "case_limit",
        "case_number_counter", "case_scope", "case_task", "disclosure", "evidence", "file", "idempotency_key", "job",
        "linli_migration", "matter_limit", "objection", "office_hours", "organisation", "outbox", "overlay",
        "queue_counter", "rating", "report", "report_scope", "report_text", "session", "step", "supplement",
        "workday_table",
    ]

    struct UnknownTables: Error { let names: Set<String> }

    /// - Parameter skipping: tables that change by being asked (sessions are noted as seen).
    init(of database: any Database, skipping: Set<String> = []) async throws {
        let known = Set(Self.names.map(\.description))
        let present = Set(try await tablesAndColumns(of: database).keys)
        guard present == known else { throw UnknownTables(names: present.symmetricDifference(known)) }
        self.tables = try await database.read { tx in
            try Self.names.filter { !skipping.contains($0.description) }.reduce(into: [:]) { tables, name in
                // One text a row spares knowing PostgreSQL's types.
                let query: SQL = .perDialect(
                    sqlite: "SELECT * FROM \(SQL(stringLiteral: name))",
                    postgres: "SELECT t::text AS line FROM \(SQL(stringLiteral: name)) AS t")
                tables[name.description] = try tx.rows(query).map { row in
                    row.values.map(Self.text).joined(separator: "|")
                }.sorted()
            }
        }
    }

    private static func text(_ value: SQLValue) -> String {
        switch value {
        case .null: "∅"
        case .id(let id): id.description
        case .int(let number): String(number)
        case .real(let number): String(number)
        case .text(let text): text
        case .bool(let flag): String(flag)
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    var all: String { tables.sorted { $0.key < $1.key }.flatMap(\.value).joined(separator: "\n") }

    /// The tables whose rows differ.
    func differences(from other: TableDump) -> [String] {
        Set(tables.keys).union(other.tables.keys).filter { tables[$0] != other.tables[$0] }.sorted()
    }
}
