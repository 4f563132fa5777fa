public import Storage

/// The tables of a database with their columns, to compare what migrations make on the two engines. Tables that FTS5
/// keeps for itself are left out.
public func tablesAndColumns(of database: any Database) async throws -> [String: Set<String>] {
    let query: SQL =
        switch database.dialect {
        case .sqlite:
            """
            SELECT t.name AS table_name, c.name AS column_name
            FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            """
        case .postgres:
            """
            SELECT table_name::text AS table_name, column_name::text AS column_name
            FROM information_schema.columns WHERE table_schema = current_schema()
            """
        }
    return try await database.read { transaction in
        try transaction.rows(query).reduce(into: [:]) { result, row in
            result[try row.get("table_name"), default: []].insert(try row.get("column_name"))
        }
    }
}
