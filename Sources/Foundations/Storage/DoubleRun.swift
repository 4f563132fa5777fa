/// A database for tests, under which the closure of every write runs twice, the first time undone.
///
/// Closures must bear being run again (drivers do so after a conflict); a closure that counts, sends or remembers
/// something outside its transaction shows itself here.
public struct DoubleRun<Base: Database>: Database {
    private let base: Base

    public init(_ base: Base) {
        self.base = base
    }

    public var dialect: Dialect { base.dialect }
    public var bells: Bells { base.bells }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (ReadTransaction) throws -> Result
    ) async throws -> Result {
        try await base.read(body)
    }

    @discardableResult
    public func write<Result: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Result {
        try await base.write(isolation) { transaction in
            try transaction.rehearse(body)
            return try body(transaction)
        }
    }

    public func migrate(_ migrations: [Migration]) async throws {
        try await base.migrate(migrations)
    }

    public func close() async {
        await base.close()
    }
}
