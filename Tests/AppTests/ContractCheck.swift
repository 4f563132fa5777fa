import Domain
import HTTPTypes
import Synchronization

@testable import App
@testable import Web

/// Holds every JSON answer that a test gets against what the contract promises: status, codes of refusals, type of
/// content, and the answer's shape to the last member. So the description and the encoders cannot drift.
enum ContractCheck {
    private static let known = Mutex<Contract?>(nil)

    /// The contract is the same for every deployment: modules are.
    static func contract(of deployment: Deployment) -> Contract {
        known.withLock { known in
            let contract = known ?? deployment.contract
            known = contract
            return contract
        }
    }

    /// What callers could not have expected, each with what to do about it.
    static func surprises(
        in reply: Reply, to method: HTTPRequest.Method, _ path: String, _ deployment: Deployment
    ) -> [String] {
        guard path.hasPrefix("/api/") else { return [] }
        let contract = contract(of: deployment)
        let address = path.prefix { $0 != "?" }
        guard let operation = contract.operation(method: method.rawValue, path: String(address)) else { return [] }
        return surprises(in: reply, operation, contract)
    }

    static func surprises(in reply: Reply, _ operation: JSONOperation, _ contract: Contract) -> [String] {
        let name = "\(operation.method) \(operation.path)"
        guard let value = try? reply.json else { return ["\(name) answered \(reply.status) with what is no JSON"] }
        let type = reply.headers[.contentType] ?? "nothing"
        guard reply.status >= 400 else {
            var found: [String] = []
            if reply.status != operation.endpoint.successStatus.code {
                found.append("\(name) answered \(reply.status), not \(operation.endpoint.successStatus.code)")
            }
            if type != "application/json; charset=utf-8" { found.append("\(name) answered \(type)") }
            guard let schema = contract.schema(of: operation) else {
                return found + ["\(name): give \(operation.endpoint.output?.type ?? "its answer") a shape (JSONAnswer)"]
            }
            return found + mismatches(value, schema, contract.shapes, at: "").map { "\(name) answered \($0)" }
        }
        guard let code = value["code"]?.string else { return ["\(name) answered \(reply.status) without a code"] }
        var found: [String] = []
        if type != "application/problem+json; charset=utf-8" { found.append("\(name) answered \(type)") }
        let inner = (value["errors"]?.array ?? []).compactMap { $0["code"]?.string }
        if let surprise = operation.surprise(status: reply.status, code: code, inner: inner) { found.append(surprise) }
        return found
    }

    /// Where a value is not what the schema says. Stricter than JSON Schema: a member that no shape names is a mistake.
    static func mismatches(
        _ value: JSONValue, _ schema: Schema, _ shapes: [String: Shape], at place: String
    ) -> [String] {
        let wrong = ["\(place.isEmpty ? "something" : place) that is not \(schema): \(value.text().prefix(80))"]
        switch (schema, value) {
        case (.text(nil), .string), (.integer, .integer), (.number, .number), (.number, .integer), (.flag, .bool):
            return []
        case (.text(.moment), .string(let text)):
            let hasOffset = text.hasSuffix("Z") || text.dropFirst(19).contains { $0 == "+" || $0 == "-" }
            return Instant(iso8601: text, defaultZone: .china) != nil && hasOffset ? [] : wrong
        case (.text(.day), .string(let text)): return LocalDay(text) == nil ? wrong : []
        case (.text(.uuid), .string(let text)): return UUIDValue(text) == nil ? wrong : []
        case (.choice(let codes), .string(let text)): return codes.contains(text) ? [] : wrong
        case (.list(let element), .array(let elements)):
            return elements.enumerated().flatMap { mismatches($1, element, shapes, at: "\(place)[\($0)]") }
        case (.map(let inner), .object(let members)):
            return members.flatMap { mismatches($1, inner, shapes, at: "\(place).\($0)") }
        case (.shape(let name), .object(let members)):
            guard let shape = shapes[name] else { return ["\(place): no shape \(name)"] }
            return shape.members.flatMap { member -> [String] in
                guard let value = members[member.name] else {
                    return member.isOptional ? [] : ["\(name) without \(member.name) at \(place)"]
                }
                return mismatches(value, member.schema, shapes, at: "\(place).\(member.name)")
            }
                + Set(members.keys).subtracting(shape.members.map(\.name)).sorted().map {
                    "\(place).\($0), unknown to \(name)"
                }
        default: return wrong
        }
    }
}
