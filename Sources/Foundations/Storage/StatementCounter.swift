import Synchronization

/// Counts the statements that the current task sends, for tests and for the `Server-Timing` header.
public final class StatementCounter: Sendable {
    private let count = Atomic<Int>(0)

    public init() {}

    /// Drivers read this when `read` or `write` is called.
    @TaskLocal public static var current: StatementCounter?

    public var statements: Int { count.load(ordering: .relaxed) }

    func add() {
        count.add(1, ordering: .relaxed)
    }

    /// Runs `body` and says how many statements it sent.
    public static func counting<Result>(
        _ body: () async throws -> Result
    ) async rethrows -> (result: Result, statements: Int) {
        let counter = StatementCounter()
        let result = try await $current.withValue(counter) { try await body() }
        return (result, counter.statements)
    }
}
