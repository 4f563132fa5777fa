public import Domain
public import HTTPTypes
public import Logging
import Storage

/// An error's face for the person: status, stable code, and texts in the person's language.
/// The only place where errors are turned into answers.
public struct Problem: Sendable {
    public let status: HTTPResponse.Status
    /// Stable, lower case words and dots; the catalogue holds `problem.<code>`.
    public let code: String
    public let arguments: [String: String]
    /// Per field, when input was refused.
    public let violations: [RuleViolation]
    /// Seconds after which the same request may succeed.
    public let retryAfter: Int?
    /// What the log keeps; `nil` when it was the caller's mistake.
    public let logged: (level: Logger.Level, detail: String)?

    init(
        _ status: HTTPResponse.Status, _ code: String, arguments: [String: String] = [:],
        violations: [RuleViolation] = [], retryAfter: Int? = nil, logged: (Logger.Level, String)? = nil
    ) {
        self.status = status
        self.code = code
        self.arguments = arguments
        self.violations = violations
        self.retryAfter = retryAfter
        self.logged = logged
    }

    public init(_ error: any Error) {
        switch error {
        case let violation as RuleViolation:
            self.init(
                Problem.status(violation.kind), violation.code, arguments: violation.arguments,
                violations: violation.field == nil ? [] : [violation],
                retryAfter: violation.kind == .tooMany ? 30 : nil)
        case let violations as RuleViolations:
            // What stands in the way of the whole is said at the top; what is wrong with fields, at the fields.
            if let first = violations.all.first, first.field == nil {
                self.init(
                    Problem.status(first.kind), first.code, arguments: first.arguments,
                    violations: violations.all.count == 1 ? [] : violations.all)
                return
            }
            let status = violations.all.first.map { Problem.status($0.kind) } ?? .unprocessableContent
            self.init(status, "input", violations: violations.all)
        case AccessDenied.notSignedIn:
            self.init(.unauthorized, "not-signed-in")
        case AccessDenied.lacking(let permission):
            self.init(.forbidden, "forbidden", arguments: ["permission": permission.name])
        case let refusal as RequestRefused:
            self.init(refusal.status, refusal.code)
        case let refusal as MultipartRefusal:
            self.init(RequestRefused(refusal).status, RequestRefused(refusal).code)
        case let error as StorageError where error.isRetryable:
            self.init(.serviceUnavailable, "storage.retry", retryAfter: 2, logged: (.error, error.description))
        case let error as StorageError where error.kind == .commitUnknown:
            self.init(.serviceUnavailable, "storage.unknown", retryAfter: 5, logged: (.error, error.description))
        case is NoRoomForFiles:
            self.init(.serviceUnavailable, "request.no-room", logged: (.error, "the disk has no room for files"))
        case is CancellationError:
            self.init(.serviceUnavailable, "storage.retry", retryAfter: 2)
        default:
            self.init(.internalServerError, "internal", logged: (.error, String(reflecting: error)))
        }
    }

    private static func status(_ kind: RuleViolation.Kind) -> HTTPResponse.Status {
        switch kind {
        case .invalid: .unprocessableContent
        case .conflict: .conflict
        case .notFound: .notFound
        case .forbidden: .forbidden
        case .tooMany: .tooManyRequests
        }
    }

    /// What went wrong as a whole. The fields' own sentences are in `violations`, since only they know the field's label.
    public var title: Phrase { violations.isEmpty ? .code("problem", code, arguments) : "problem.input" }

    /// Where a code is explained: its place in the problem catalogue.
    static func type(of code: String) -> String { WebRoutes.problems.url().text + "#" + code }

    /// RFC 9457 `application/problem+json`.
    func json(requestID: String, language: Language, catalogue: Catalogue) -> [UInt8] {
        struct Body: Encodable {
            struct Violation: Encodable {
                let field: String?
                let code: String
                let detail: String
            }
            let type: String
            let title: String
            let status: Int
            let code: String
            let instance: String
            let errors: [Violation]?
        }
        let body = Body(
            type: Problem.type(of: code), title: catalogue.text(title, in: language), status: status.code,
            code: code, instance: "urn:linli:request:\(requestID)",
            errors: violations.isEmpty
                ? nil
                : violations.map {
                    Body.Violation(
                        field: $0.field, code: $0.code,
                        detail: catalogue.text($0, in: language))
                })
        // A structure of strings and whole numbers always encodes.
        return (try? JSONWriter.bytes(of: body)) ?? []
    }
}

extension Catalogue {
    /// A violation's sentence, with the field's label in it.
    public func text(_ violation: RuleViolation, in language: Language) -> String {
        var arguments = violation.arguments
        if let field = violation.field {
            let label = Phrase.code("field", field)
            arguments["field"] = has(label.key, in: language) ? text(label, in: language) : field
        }
        return text(.code("problem", violation.code, arguments), in: language)
    }
}
