import CLibpq
import Logging
import Storage

/// How to connect, and what to say to the server first.
struct ConnectionSettings: Sendable {
    let parameters: [(keyword: String, value: String)]
    let schema: String?
    let greeting: String
    let preparedStatements: Int
    let logger: Logger

    init(conninfo: String, options: PostgresDatabase.Options, logger: Logger) throws(StorageError) {
        var message: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(conninfo, &message) else {
            defer { PQfreemem(message) }
            throw StorageError(.unavailable, message.map { String(cString: $0) } ?? "unreadable conninfo")
        }
        defer { PQconninfoFree(parsed) }
        var given: [(keyword: String, value: String)] = []
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { given.append((String(cString: keyword), String(cString: value))) }
            option += 1
        }
        for standard in ConnectionSettings.standards where !given.contains(where: { $0.keyword == standard.keyword }) {
            given.append(standard)
        }
        self.parameters = given
        self.schema = options.schema
        self.preparedStatements = options.preparedStatements
        self.logger = logger
        // What was answered must be on the disk; stronger settings of the server (remote_apply) are left alone. The
        // planner's compiler takes longer than our statements do.
        self.greeting = """
            SET statement_timeout = \(options.statementTimeout.wholeMilliseconds);
            SET lock_timeout = \(options.lockTimeout.wholeMilliseconds);
            SET idle_in_transaction_session_timeout = 60000;
            SELECT set_config(name, 'on', false) FROM pg_settings WHERE name = 'synchronous_commit' AND setting = 'off';
            SELECT set_config(name, 'off', false) FROM pg_settings WHERE name = 'jit' AND setting = 'on';
            """
    }

    /// Used where the conninfo says nothing. A dead network is noticed after 15 seconds instead of hours.
    private static let standards: [(keyword: String, value: String)] = [
        ("application_name", "linli"), ("client_encoding", "UTF8"), ("connect_timeout", "5"),
        ("tcp_user_timeout", "15000"), ("keepalives_idle", "10"), ("keepalives_interval", "5"),
        ("keepalives_count", "3"),
    ]
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
