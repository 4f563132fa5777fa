public import Domain
public import HTTPTypes

/// One operation of the server: registers its route, checks the right and describes itself.
public struct Endpoint: Sendable {
    public enum Kind: Sendable, Hashable {
        /// Machine to machine, under `/api/`: JSON in and out, errors as problem+json.
        case json
        /// A page to look at.
        case page
        /// A form's target: ends in a redirect, or shows the form again with what is wrong.
        case action
        /// A file: bytes as they are, errors as pages.
        case download
    }

    public let kind: Kind
    public let method: HTTPRequest.Method
    public let path: RoutePath
    public let access: AccessRule
    /// One English sentence for the API description.
    public let summary: String
    public let input: [FieldDescription]
    /// What a JSON answer looks like; for pages `nil`.
    public let output: OutputDescription?
    public let successStatus: HTTPResponse.Status
    /// The codes of `RuleViolation` that callers should expect, besides those of input, right and storage.
    public let errors: [String]
    /// Bodies above this many bytes are refused.
    public let bodyLimit: Int

    let respond: @Sendable (IncomingFields, Visitor) async throws -> Answer

    enum Answer: Sendable {
        case json(HTTPResponse.Status, [UInt8], HTTPFields)
        case page(Page)
        case redirect(Redirect)
        case document(Document)
        case download(Download)
    }

    /// The file fields of the input, by name.
    var uploadRules: [String: UploadRule] {
        input.reduce(into: [:]) { rules, field in
            if case .files(let rule) = field.kind { rules[field.name] = rule }
        }
    }
}

/// Where an action leads: the browser follows with GET, so that reloading does not act twice.
public struct Redirect: Sendable {
    public var location: URLPath
    public var cookies: [Cookie]

    public init(to location: URLPath, cookies: [Cookie] = []) {
        self.location = location
        self.cookies = cookies
    }
}

/// What an action answers.
public enum ActionResult: Sendable {
    case redirect(Redirect)
    case page(Page)

    public static func redirect(to location: URLPath) -> ActionResult { .redirect(Redirect(to: location)) }
}

/// The texts of a form that was refused, and why: what a page needs to show the form again.
public struct FormState: Sendable {
    private let typed: [String: [String]]
    public let violations: [RuleViolation]
    private var prefix = ""

    public static let empty = FormState(typed: [:], violations: [])

    public init(typed: [String: [String]], violations: [RuleViolation]) {
        self.typed = typed
        self.violations = violations
    }

    /// The same form under a name of its own: for a page with several forms whose fields are called the same.
    public func named(_ name: String) -> FormState {
        var named = self
        named.prefix = name + "-"
        return named
    }

    /// The id of the field's control on the page.
    public func id(_ field: String) -> String { prefix + field }

    /// What was typed into the field, empty when nothing was.
    public func value(_ name: String) -> String { typed[name]?.first ?? "" }
    public func values(_ name: String) -> [String] { typed[name] ?? [] }
    public func violation(_ name: String) -> RuleViolation? { violations.first { $0.field == name } }
    public var isRefused: Bool { !violations.isEmpty }
}

extension Endpoint {
    public static let defaultBodyLimit = 64 * 1024

    /// An operation that takes and gives JSON.
    /// - Parameters:
    ///   - errors: codes of the rule violations that callers should expect.
    public static func json<Input: EndpointInput, Output: Encodable & Sendable, Who: Caller>(
        _ method: HTTPRequest.Method, _ path: RoutePath, access: Access<Who>, summary: StaticString,
        success: HTTPResponse.Status = .ok, errors: [String] = [], bodyLimit: Int = defaultBodyLimit,
        _ handle: @escaping @Sendable (Input, Who) async throws -> Output
    ) -> Endpoint {
        precondition(path.pattern.hasPrefix("/api/"), "JSON endpoints live under /api/")
        return Endpoint(
            kind: .json, method: method, path: path, access: access.rule, summary: summary.description,
            input: Fields.describe(Input.self), output: OutputDescription(Output.self), successStatus: success,
            errors: errors, bodyLimit: bodyLimit
        ) { incoming, visitor in
            let who = try Who(proving: visitor, holds: access.rule)
            let output = try await handle(try Fields.read(Input.self, from: incoming), who)
            var headers = HTTPFields()
            if let located = output as? any HasLocation { headers[.location] = located.location.text }
            return .json(success, try JSONWriter.bytes(of: output), headers)
        }
    }

    /// A document that is the same for everybody.
    static func document(
        _ path: RoutePath, access: Access<Visitor>, summary: StaticString, _ document: Document
    ) -> Endpoint {
        Endpoint(
            kind: .page, method: .get, path: path, access: access.rule, summary: summary.description, input: [],
            output: nil, successStatus: .ok, errors: [], bodyLimit: 0
        ) { _, _ in .document(document) }
    }

    /// A page.
    public static func page<Input: EndpointInput, Who: Caller>(
        _ path: RoutePath, access: Access<Who>, summary: StaticString,
        _ handle: @escaping @Sendable (Input, Who) async throws -> Page
    ) -> Endpoint {
        Endpoint(
            kind: .page, method: .get, path: path, access: access.rule, summary: summary.description,
            input: Fields.describe(Input.self), output: nil, successStatus: .ok, errors: [],
            bodyLimit: 0
        ) { incoming, visitor in
            let who = try Who(proving: visitor, holds: access.rule)
            return .page(try await handle(try Fields.read(Input.self, from: incoming), who))
        }
    }

    /// The target of a form.
    /// - Parameters:
    ///   - success: `.ok` when it answers with a page instead of leading somewhere.
    ///   - again: makes the page with the form again, for a person to mend what a rule or check refused.
    public static func action<Input: EndpointInput, Who: Caller>(
        _ path: RoutePath, access: Access<Who>, summary: StaticString,
        success: HTTPResponse.Status = .seeOther, errors: [String] = [], bodyLimit: Int = defaultBodyLimit,
        again: @escaping @Sendable (FormState, IncomingFields, Who) async throws -> Page,
        _ handle: @escaping @Sendable (Input, Who) async throws -> ActionResult
    ) -> Endpoint {
        Endpoint(
            kind: .action, method: .post, path: path, access: access.rule, summary: summary.description,
            input: Fields.describe(Input.self), output: nil, successStatus: success, errors: errors,
            bodyLimit: bodyLimit
        ) { incoming, visitor in
            let who = try Who(proving: visitor, holds: access.rule)
            let violations: [RuleViolation]
            do {
                switch try await handle(try Fields.read(Input.self, from: incoming), who) {
                case .redirect(let redirect): return .redirect(redirect)
                case .page(let page): return .page(page)
                }
            } catch let error as RuleViolations {
                violations = error.all
            } catch let error as RuleViolation where error.kind == .invalid || error.kind == .conflict {
                violations = [error]
            }
            var page = try await again(FormState(typed: incoming.typed, violations: violations), incoming, who)
            page.status = violations.contains { $0.kind == .conflict } ? .conflict : .unprocessableContent
            return .page(page)
        }
    }
}

/// An answer that has made something with an address of its own.
public protocol HasLocation {
    var location: URLPath { get }
}
