import Domain
import HTTPTypes

/// One operation of the JSON interface as its callers see it: what goes in and everything that can come out.
struct JSONOperation: Sendable {
    /// Where a value stands in the request.
    enum Place: String, Sendable { case path, query, body }

    struct Parameter: Sendable {
        let place: Place
        let field: FieldDescription
        /// A place in the path always has its value.
        var isRequired: Bool { place == .path || field.isRequired }
    }

    let endpoint: Endpoint
    let parameters: [Parameter]
    /// The codes of refusals by status, in the order of their codes.
    let refusals: [Int: [String]]

    var method: String { endpoint.method.rawValue }
    var path: String { endpoint.path.pattern }
    /// Whether a repeat under the same `Idempotency-Key` is told from a new request.
    var takesIdempotencyKey: Bool { endpoint.method == .post }

    /// Files come as multipart/form-data, and everything else of that operation with them.
    var takesFiles: Bool { parameters.contains { $0.field.kind.isFiles } }

    /// The first part of the path behind the version: what the operation is about.
    var tag: String { JSONOperation.tag(of: path) }

    static func tag(of path: String) -> String {
        let words = path.split(separator: "/")
        return words.count > 2 ? String(words[2].prefix { $0 != "." }) : "api"
    }

    /// `postReportsReportAcceptance`: method and path, which are unique together.
    var identifier: String {
        let words = path.split(separator: "/").dropFirst(2).map { $0.filter { $0.isLetter || $0.isNumber } }
        return method.lowercased() + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    init(_ endpoint: Endpoint, _ problems: ProblemCatalogue) {
        self.endpoint = endpoint
        let places = Set(endpoint.path.parameterNames)
        let others: Place = endpoint.method == .post ? .body : .query
        var parameters = endpoint.input.map { Parameter(place: places.contains($0.name) ? .path : others, field: $0) }
        // Places that no field reads are part of the address all the same.
        for name in endpoint.path.parameterNames where !endpoint.input.contains(where: { $0.name == name }) {
            parameters.append(
                Parameter(
                    place: .path,
                    field: FieldDescription(name: name, kind: .text(minimum: 1, maximum: 200), isRequired: true)))
        }
        self.parameters = parameters
        refusals = JSONOperation.refusals(endpoint, parameters, problems)
    }

    /// What the endpoint declares, and what follows from its method, access and input.
    private static func refusals(
        _ endpoint: Endpoint, _ parameters: [Parameter], _ problems: ProblemCatalogue
    ) -> [Int: [String]] {
        var codes = endpoint.errors + ["internal", "storage.retry", "request.idempotency-key", "request.bad-form"]
        if !endpoint.path.parameterNames.isEmpty { codes.append("not-found") }
        if parameters.contains(where: { $0.place != .path }) || endpoint.method == .post { codes.append("input") }
        if endpoint.access.needsSession { codes.append("not-signed-in") }
        if case .permission = endpoint.access { codes.append("forbidden") }
        if endpoint.method != .get {
            codes += [
                "request.bad-json", "request.broken", "request.too-large", "request.media-type", "request.csrf",
                "storage.unknown",
            ]
        }
        if endpoint.method == .post { codes.append("idempotency.mismatch") }
        if parameters.contains(where: { $0.field.kind.isFiles }) {
            codes += ["request.no-room", "request.files-unsupported"]
        }
        var all: [Int: Set<String>] = [:]
        for code in codes {
            let statuses = code == "input" ? [422] : problems.statuses(of: code)
            for status in statuses { all[status, default: []].insert(code) }
        }
        return all.mapValues { $0.sorted() }
    }

    /// What is wrong with an answer that this operation has given: `nil` when callers had to expect it.
    /// - Parameters:
    ///   - code: the problem's own code.
    ///   - inner: the codes at fields.
    func surprise(status: Int, code: String, inner: [String]) -> String? {
        guard let expected = refusals[status] else {
            return "\(method) \(path) answered \(status) \(code): add \"\(code)\" to its errors"
        }
        if code != "input", !expected.contains(code), !ProblemCatalogue.isOfField(code) {
            return "\(method) \(path) answered \(status) \(code): add \"\(code)\" to its errors"
        }
        let declared = Set(refusals.values.joined())
        for code in inner where !ProblemCatalogue.isOfField(code) && !declared.contains(code) {
            return "\(method) \(path) answered \(status) with \(code) at a field: add \"\(code)\" to its errors"
        }
        return nil
    }
}

extension FieldDescription.Kind {
    var isFiles: Bool { if case .files = self { true } else { false } }
}

extension AccessRule {
    /// Who may call, for people who read the description.
    var explanation: String {
        switch self {
        case .open(let reason): "Open to everybody: \(reason)."
        case .signedIn: "Needs a session."
        case .permission(let permission):
            "Needs the permission `\(permission.name)` in a scope of what it is used on."
        }
    }
}
