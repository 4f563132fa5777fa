public import Domain

/// A full-text index of a module's objects: FTS5 on SQLite, a GIN index on `tsvector` on PostgreSQL, filled from the
/// outbox and searched for any part of a Chinese text (see `SearchText`).
///
/// ```swift
/// static let index = FullTextIndex(table: "casework_search")
/// try index.put([.init(id: report.uuid, title: title, text: text)], in: transaction)
/// if let found = index.ids(matching: "电梯") { query = "SELECT … FROM report WHERE id IN (\(found))" }
/// ```
///
/// On SQLite the index keeps no copy of the tokens. They are made again from the text, kept beside it, when a document
/// is changed or removed; FTS5 must then be told what it was.
public struct FullTextIndex: Sendable {
    public struct Document: Sendable, Hashable {
        public let id: UUIDValue
        public let title: String
        public let text: String

        public init(id: UUIDValue, title: String, text: String) {
            self.id = id
            self.title = title
            self.text = text
        }

        /// A line break keeps words of the two apart.
        fileprivate var content: String { title.isEmpty ? text : title + "\n" + text }
    }

    private let name: StaticString
    private var table: SQL { SQL(stringLiteral: name) }

    /// - Parameter table: its name, that of the module first; a name ending in `_fts` must not be in use.
    public init(table: StaticString) {
        self.name = table
    }

    /// Makes the tables of the index.
    public func migration(_ migration: String) -> Migration {
        Migration(
            migration,
            sqlite: """
                CREATE TABLE \(name) (
                    number INTEGER PRIMARY KEY NOT NULL,
                    id {id} NOT NULL UNIQUE,
                    content {text} NOT NULL
                ) {strict};
                CREATE VIRTUAL TABLE \(name)_fts USING fts5(tokens, content='', columnsize=0, tokenize='ascii');
                """,
            postgres: """
                CREATE TABLE \(name) (
                    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    id {id} NOT NULL UNIQUE,
                    content tsvector NOT NULL
                );
                CREATE INDEX \(name)_content ON \(name) USING gin (content);
                """)
    }

    /// Adds documents, or changes those that are there. Doing it twice does no harm.
    public func put(_ documents: [Document], in transaction: WriteTransaction) throws(StorageError) {
        for document in documents {
            switch try transaction.dialect {
            case .sqlite: try putInSQLite(document, transaction)
            case .postgres:
                let tokens = SearchText.postgresDocument(document.content)
                try transaction.enqueue(
                    """
                    INSERT INTO \(table) (id, content) VALUES (\(document.id), \(tokens)::tsvector)
                    ON CONFLICT (id) DO UPDATE SET content = excluded.content
                    """)
            }
        }
    }

    /// Removes documents with all their tokens; ids that are not there are left out.
    public func remove(_ ids: [UUIDValue], in transaction: WriteTransaction) throws(StorageError) {
        if case .sqlite = try transaction.dialect {
            for row in try transaction.rows("SELECT number, content FROM \(table) WHERE id \(in: ids)") {
                try forget(number: row.get("number"), content: row.get("content"), transaction)
            }
        }
        try transaction.enqueue("DELETE FROM \(table) WHERE id \(in: ids)")
    }

    /// The ids of the documents in which every word of `query` occurs, as a subquery: `id IN (\(ids))`.
    /// - Returns: `nil` when the query holds nothing to search for (only punctuation).
    public func ids(matching query: String) -> SQL? {
        guard let sqlite = SearchText.sqliteQuery(query), let postgres = SearchText.postgresQuery(query) else {
            return nil
        }
        return .perDialect(
            sqlite: """
                SELECT id FROM \(table)
                WHERE number IN (SELECT rowid FROM \(table)_fts WHERE \(table)_fts MATCH \(sqlite))
                """,
            postgres: "SELECT id FROM \(table) WHERE content @@ \(postgres)::tsquery")
    }

    /// The ids of the documents added last in which every word of `query` occurs, newest first, in a column `id`.
    /// - Returns: `nil` when the query holds nothing to search for.
    public func newest(matching query: String, limit: Int) -> SQL? {
        guard let sqlite = SearchText.sqliteQuery(query), let postgres = SearchText.postgresQuery(query) else {
            return nil
        }
        return .perDialect(
            // FTS5 walks its lists backwards by itself, so that only as many are read as are wanted.
            sqlite: """
                SELECT id FROM \(table)_fts JOIN \(table) ON number = \(table)_fts.rowid
                WHERE \(table)_fts MATCH \(sqlite) ORDER BY \(table)_fts.rowid DESC LIMIT \(limit)
                """,
            postgres: """
                SELECT id FROM \(table) WHERE content @@ \(postgres)::tsquery ORDER BY number DESC LIMIT \(limit)
                """)
    }

    private func putInSQLite(_ document: Document, _ transaction: WriteTransaction) throws(StorageError) {
        let content = document.content
        let added = try transaction.first(
            """
            INSERT INTO \(table) (id, content) VALUES (\(document.id), \(content))
            ON CONFLICT (id) DO NOTHING RETURNING number
            """)
        if let added { return try index(number: added.get("number"), content: content, transaction) }
        let earlier = try transaction.first("SELECT number, content FROM \(table) WHERE id = \(document.id)")
        guard let earlier, try earlier.get("content") != content else { return }
        let number: Int64 = try earlier.get("number")
        try forget(number: number, content: earlier.get("content"), transaction)
        try transaction.execute("UPDATE \(table) SET content = \(content) WHERE number = \(number)")
        try index(number: number, content: content, transaction)
    }

    private func index(number: Int64, content: String, _ transaction: WriteTransaction) throws(StorageError) {
        try transaction.execute(
            "INSERT INTO \(table)_fts (rowid, tokens) VALUES (\(number), \(SearchText.sqliteDocument(content)))")
    }

    private func forget(number: Int64, content: String, _ transaction: WriteTransaction) throws(StorageError) {
        try transaction.execute(
            """
            INSERT INTO \(table)_fts (\(table)_fts, rowid, tokens)
            VALUES ('delete', \(number), \(SearchText.sqliteDocument(content)))
            """)
    }
}
