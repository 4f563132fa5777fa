import Domain
public import Storage

// How the values of casework stand in columns: codes as their raw values, compound values as their written form.

extension Channel: SQLConvertible {}
extension ReportState: SQLConvertible {}
extension CaseState: SQLConvertible {}
extension TaskState: SQLConvertible {}
extension TaskRole: SQLConvertible {}
extension Ground: SQLConvertible {}
extension Outcome: SQLConvertible {}
extension Verdict: SQLConvertible {}
extension SubjectKind: SQLConvertible {}
extension Queue: SQLConvertible {}
extension OverlayKind: SQLConvertible {}
extension OverlayState: SQLConvertible {}
extension LimitStage: SQLConvertible {}
extension LimitUnit: SQLConvertible {}
extension LimitStanding: SQLConvertible {}
extension MatterClass: SQLConvertible {}
extension CallbackMeans: SQLConvertible {}
extension Satisfaction: SQLConvertible {}
extension Contested: SQLConvertible {}
extension ObjectionRuling: SQLConvertible {}

extension TrackingCode: SQLConvertible {
    public static var sqlType: SQLType { .text }
    public var sqlValue: SQLValue { .text(digits) }
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(digits: text)
    }
}

extension CaseNumber: SQLConvertible {
    public static var sqlType: SQLType { .text }
    public var sqlValue: SQLValue { .text(description) }
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(text)
    }
}

extension MatterReference: SQLConvertible {
    public static var sqlType: SQLType { .text }
    public var sqlValue: SQLValue { .text(description) }
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(text)
    }
}
