import Storage

extension Connection {
    /// Applies the migrations that are missing while holding a lock that other nodes wait for.
    func migrate(_ migrations: [Migration], schema: String?, session: PostgresSession) throws(StorageError) {
        // Making an index may take long, and so may waiting for another node.
        try run(script: "SET statement_timeout = 0; SET lock_timeout = 0;")
        try run(script: "SELECT pg_advisory_lock(\(Connection.migrationLock))")
        if let schema { try run(script: "CREATE SCHEMA IF NOT EXISTS \(quoted(schema))") }
        try run(script: MigrationLedger.table.script(for: .postgres))
        for migration in migrations {
            try session.begin("BEGIN")
            if try MigrationLedger.isMissing(migration, in: session) {
                try run(script: migration.script(for: .postgres))
                try MigrationLedger.record(migration, in: session)
            }
            try session.commit()
        }
    }

    /// "linli" in ASCII.
    private static let migrationLock = 0x6c69_6e6c_69
}
