/// The table `linli_migration`, which remembers what has been applied. Drivers call this inside the transaction that
/// applies a migration, under a lock.
public enum MigrationLedger {
    /// Makes the table when it is missing.
    public static let table = Migration(
        "storage.000-migration",
        "CREATE TABLE IF NOT EXISTS linli_migration (name {text} PRIMARY KEY NOT NULL, digest {text} NOT NULL) {strict}"
    )

    /// Whether the migration has yet to be applied.
    /// - Throws: `StorageError` of kind `.migration` when it was applied with another text.
    public static func isMissing(_ migration: Migration, in session: some Session) throws(StorageError) -> Bool {
        let query: SQL = "SELECT digest FROM linli_migration WHERE name = \(migration.name)"
        guard let row = try session.query(query.statement(for: session.dialect)).first else { return true }
        guard row.values == [.text(digest(of: migration, for: session.dialect))] else {
            throw StorageError(
                .migration, "\(migration.name) was applied with another text; add a migration instead of editing it")
        }
        return false
    }

    /// Notes that the migration has been applied.
    public static func record(_ migration: Migration, in session: some Session) throws(StorageError) {
        let digest = digest(of: migration, for: session.dialect)
        let note: SQL = "INSERT INTO linli_migration (name, digest) VALUES (\(migration.name), \(digest))"
        _ = try session.execute(note.statement(for: session.dialect))
    }

    /// 64-bit FNV-1a of the text: it guards against slips, not against malice.
    private static func digest(of migration: Migration, for dialect: Dialect) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in migration.script(for: dialect).utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
