public import Logging

extension Logger {
    /// For tests in which errors are expected: the log stays readable.
    public static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
