/// One step of the schema, never edited once it has landed.
///
/// The text is SQL with type tokens, so that one text serves both engines:
///
/// | token | SQLite | PostgreSQL |
/// |---|---|---|
/// | `{id}` | BLOB | uuid |
/// | `{int}` | INTEGER | bigint |
/// | `{instant}` | INTEGER | bigint (milliseconds) |
/// | `{real}` | REAL | double precision |
/// | `{text}` | TEXT | text COLLATE "C" |
/// | `{json}` | TEXT | text COLLATE "C" (opaque payloads only) |
/// | `{bytes}` | BLOB | bytea |
/// | `{bool}` | INTEGER | boolean |
/// | `{strict}` | STRICT | (nothing) — stands behind the bracket that ends CREATE TABLE |
/// | `{clustered}` | STRICT, WITHOUT ROWID | (nothing) — for narrow tables read by their primary key |
public struct Migration: Sendable {
    /// Unique over all modules: `casework.001-reports`. Applied in the order in which modules list them.
    public let name: String
    let text: @Sendable (Dialect) -> String

    /// A migration whose text is the same on both engines, but for the tokens.
    public init(_ name: String, _ text: StaticString) {
        self.name = name
        self.text = { Migration.render(text.description, for: $0) }
    }

    /// A migration with a part that only one engine understands (full text).
    public init(_ name: String, sqlite: StaticString, postgres: StaticString) {
        self.name = name
        self.text = { Migration.render($0 == .sqlite ? sqlite.description : postgres.description, for: $0) }
    }

    /// The statements for an engine, separated by semicolons.
    public func script(for dialect: Dialect) -> String { text(dialect) }

    /// A migration that this module composes itself.
    init(_ name: String, sqlite: String, postgres: String) {
        self.name = name
        self.text = { Migration.render($0 == .sqlite ? sqlite : postgres, for: $0) }
    }

    private static let tokens: [(token: String, sqlite: String, postgres: String)] = [
        ("{id}", "BLOB", "uuid"),
        ("{int}", "INTEGER", "bigint"),
        ("{instant}", "INTEGER", "bigint"),
        ("{real}", "REAL", "double precision"),
        ("{text}", "TEXT", "text COLLATE \"C\""),
        ("{json}", "TEXT", "text COLLATE \"C\""),
        ("{bytes}", "BLOB", "bytea"),
        ("{bool}", "INTEGER", "boolean"),
        ("{strict}", "STRICT", ""),
        ("{clustered}", "STRICT, WITHOUT ROWID", ""),
    ]

    private static func render(_ text: String, for dialect: Dialect) -> String {
        var result = ""
        var rest = Substring(text)
        while let brace = rest.firstIndex(of: "{") {
            result += rest[..<brace]
            rest = rest[brace...]
            guard let match = tokens.first(where: { rest.hasPrefix($0.token) }) else {
                preconditionFailure("unknown type token in a migration: \(rest.prefix(16))")
            }
            result += dialect == .sqlite ? match.sqlite : match.postgres
            rest = rest.dropFirst(match.token.count)
        }
        return result + rest
    }
}
