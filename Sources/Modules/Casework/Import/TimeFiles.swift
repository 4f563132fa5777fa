public import Domain
import Foundation
import SwiftCSV

/// One mistake in a file of holidays, limits or office hours.
public struct TimeFileError: Hashable, Sendable {
    /// 1 is the line of the column names.
    public let line: Int
    /// `nil` when the whole line or file is meant.
    public let column: String?
    public let violation: RuleViolation

    init(_ line: Int, _ column: String?, _ code: String, _ arguments: [String: String] = [:]) {
        self.line = line
        self.column = column
        self.violation = RuleViolation(.invalid, code, arguments: arguments)
    }
}

/// The lines of a CSV file with known columns, in any order of columns.
struct TimeFile {
    struct Line {
        let number: Int
        let fields: [String: String]

        subscript(column: String) -> String { fields[column] ?? "" }
    }

    private(set) var lines: [Line] = []
    private(set) var errors: [TimeFileError] = []

    init(_ text: String, columns: [String]) {
        let file: CSV<Enumerated>
        do {
            let unmarked = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
            file = try CSV<Enumerated>(string: unmarked, delimiter: .comma, loadColumns: false)
        } catch {
            errors = [TimeFileError(1, nil, "times.import.quotes")]
            return
        }
        let header = file.header.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        for column in columns where !header.contains(column) {
            errors.append(TimeFileError(1, column, "times.import.column-missing"))
        }
        guard errors.isEmpty else { return }
        for (index, row) in file.rows.enumerated() {
            let cells = row.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            if cells.allSatisfy(\.isEmpty) { continue }
            lines.append(
                Line(
                    number: index + 2, fields: Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })))
        }
    }
}

/// A table of holidays: `date,type` with `holiday` or `workday`; other columns are left alone.
struct HolidayFile {
    private(set) var exceptions: [LocalDay: Bool] = [:]
    private(set) var errors: [TimeFileError]

    init(_ text: String) {
        let file = TimeFile(text, columns: ["date", "type"])
        errors = file.errors
        for line in file.lines {
            guard let day = LocalDay(line["date"]) else {
                errors.append(TimeFileError(line.number, "date", "times.import.date"))
                continue
            }
            guard let isWorked = ["holiday": false, "workday": true][line["type"]] else {
                errors.append(TimeFileError(line.number, "type", "times.import.day-type"))
                continue
            }
            if exceptions.updateValue(isWorked, forKey: day) != nil {
                errors.append(TimeFileError(line.number, "date", "times.import.twice"))
            }
        }
        if errors.isEmpty, exceptions.isEmpty { errors.append(TimeFileError(1, nil, "times.import.empty")) }
    }
}

/// Limits of matters: `matter,class,stage,amount,unit`.
struct LimitFile {
    static let largest = 1000

    private(set) var rules: [LimitRule] = []
    private(set) var errors: [TimeFileError]

    /// - Parameter isKnown: whether something may be said of the name.
    init(_ text: String, isKnown: (String) -> Bool) {
        let file = TimeFile(text, columns: ["matter", "class", "stage", "amount", "unit"])
        errors = file.errors
        var seen: [String: MatterClass] = [:]
        var stages: Set<String> = []
        for line in file.lines {
            let before = errors.count
            let matter = line["matter"]
            if !isKnown(matter) { errors.append(TimeFileError(line.number, "matter", "matter.unknown")) }
            let matterClass = MatterClass(rawValue: line["class"])
            if matterClass == nil { errors.append(unknown(line.number, "class", MatterClass.self)) }
            let stage = LimitStage(rawValue: line["stage"])
            if stage == nil { errors.append(unknown(line.number, "stage", LimitStage.self)) }
            let unit = LimitUnit(rawValue: line["unit"])
            if unit == nil { errors.append(unknown(line.number, "unit", LimitUnit.self)) }
            let count = Int(line["amount"]).flatMap { (1...Self.largest).contains($0) ? $0 : nil }
            if count == nil {
                errors.append(
                    TimeFileError(line.number, "amount", "times.import.amount", ["max": String(Self.largest)]))
            }
            if !stages.insert("\(matter) \(line["stage"])").inserted {
                errors.append(TimeFileError(line.number, "stage", "times.import.twice"))
            }
            if let matterClass, let earlier = seen.updateValue(matterClass, forKey: matter), earlier != matterClass {
                errors.append(TimeFileError(line.number, "class", "times.import.class-differs"))
            }
            if matter != LimitBook.everything, stage == .accept || stage == .filing {
                // Before filing the matter is a guess; both limits hold for everything.
                errors.append(TimeFileError(line.number, "stage", "times.import.stage-everything"))
            }
            guard errors.count == before, let matterClass, let stage, let unit, let count else { continue }
            rules.append(
                LimitRule(matter: matter, matterClass: matterClass, stage: stage, amount: LimitAmount(count, unit)))
        }
        if errors.isEmpty, rules.isEmpty { errors.append(TimeFileError(1, nil, "times.import.empty")) }
    }

    private func unknown<Value: Code>(_ line: Int, _ column: String, _: Value.Type) -> TimeFileError {
        TimeFileError(
            line, column, "times.import.code", ["codes": Value.allCases.map(\.rawValue).joined(separator: ", ")])
    }
}

/// Office hours of organisations: `organisation,hours`, such as `lamps,"08:30-12:00,13:30-17:30"`.
struct OfficeHoursFile {
    struct Line: Hashable {
        let number: Int
        let organisation: String
        let hours: OfficeHours
    }

    private(set) var lines: [Line] = []
    private(set) var errors: [TimeFileError]

    init(_ text: String) {
        let file = TimeFile(text, columns: ["organisation", "hours"])
        errors = file.errors
        var seen: Set<String> = []
        for line in file.lines {
            guard let hours = OfficeHours(line["hours"]) else {
                errors.append(TimeFileError(line.number, "hours", "times.import.hours"))
                continue
            }
            if !seen.insert(line["organisation"]).inserted {
                errors.append(TimeFileError(line.number, "organisation", "times.import.twice"))
            }
            lines.append(Line(number: line.number, organisation: line["organisation"], hours: hours))
        }
        if errors.isEmpty, lines.isEmpty { errors.append(TimeFileError(1, nil, "times.import.empty")) }
    }
}
