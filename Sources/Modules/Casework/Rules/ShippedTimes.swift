public import Domain
import Foundation

/// What a deployment begins with: the holidays announced so far, and limits that are examples of practice.
public struct ShippedTimes: Sendable {
    public let workdays: WorkdayTable
    public let limits: LimitBook

    /// Read once; a broken resource is told by the first who asks.
    private static let loaded = Result { try ShippedTimes() }

    public static func load() throws -> ShippedTimes { try loaded.get() }

    private init() throws {
        let holidays = HolidayFile(try Self.read("cn_workday_exceptions_2004_2026.csv"))
        let limits = LimitFile(try Self.read("matter_limits.csv")) { _ in true }
        if let error = (holidays.errors + limits.errors).first {
            throw CatalogueError(file: "times", line: error.line, problem: error.violation.code)
        }
        guard let first = LocalDay(year: 2004, month: 1, day: 1), let last = LocalDay(year: 2026, month: 12, day: 31)
        else { throw CatalogueError(file: "times", problem: "coverage") }
        workdays = WorkdayTable(version: "cn-2004-2026", coverage: first...last, exceptions: holidays.exceptions)
        self.limits = LimitBook(limits.rules)
    }

    private static func read(_ file: String) throws(CatalogueError) -> String {
        do {
            return try String(
                contentsOf: Bundle.module.bundleURL.appending(path: "Resources/times/\(file)"), encoding: .utf8)
        } catch {
            throw CatalogueError(file: file, problem: "cannot be read: \(error)")
        }
    }
}
