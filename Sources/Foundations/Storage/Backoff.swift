import Domain

/// How long to wait before the next try, and what to remember of an error.
enum Backoff {
    /// One second, doubled with every attempt.
    static func pause(after attempts: Int, longest: Duration) -> Duration {
        min(longest, .seconds(1 << min(max(0, attempts - 1), 20)))
    }

    /// Errors of the rules and of the storage hold no personal data; of other errors only the type is kept.
    static func text(of error: any Error) -> String {
        switch error {
        case let error as RuleViolation: "rule \(error.code)"
        case let error as RuleViolations: "rules \(error.all.map(\.code).joined(separator: ", "))"
        case let error as StorageError: String(error.description.prefix(500))
        default: String(reflecting: type(of: error))
        }
    }
}

extension Instant {
    func advanced(by time: Duration) -> Instant {
        advanced(byMilliseconds: time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000)
    }
}
