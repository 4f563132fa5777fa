import Casework
import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing
import Vault

@testable import App
@testable import Web

/// What the server answered.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    /// The answer as JSON; fails when it is none.
    var json: JSONValue {
        get throws { try JSONValue(parsing: Array(text.utf8)) }
    }

    /// Statements that the answer cost, session included.
    var statements: Int? {
        guard let header = headers[HTTPField.Name("Server-Timing")!] else { return nil }
        return Int(header.filter(\.isNumber))
    }

    var location: String? { headers[.location] }
}

extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var int: Int? {
        if case .integer(let number) = self { Int(number) } else { nil }
    }

    var array: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The codes of the violations of a problem, by field.
    var violations: [String: String] {
        (self["errors"]?.array ?? []).reduce(into: [:]) { all, violation in
            all[violation["field"]?.string ?? ""] = violation["code"]?.string
        }
    }
}

extension TestStreet {
    /// How a person's request proves who sends it.
    enum Proof: Sendable {
        /// `Authorization: Bearer`, as machines do.
        case bearer
        /// The session cookie, as browsers do.
        case cookie
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, as person: Person? = nil, proof: Proof = .bearer,
        language: Language = .chinese, headers extra: HTTPFields = [:], body: [UInt8]? = nil
    ) async throws -> Reply {
        var headers = extra
        headers[.acceptLanguage] = language.rawValue
        var cookies: [String] = []
        switch (person, proof) {
        case (let person?, .bearer): headers[.authorization] = "Bearer \(person.token)"
        case (let person?, .cookie): cookies.append("\(Cookie.session)=\(person.token)")
        case (nil, .bearer): break
        case (nil, .cookie): cookies.append("\(Cookie.visitor)=\(Self.visitor)")
        }
        if !cookies.isEmpty { headers[.cookie] = cookies.joined(separator: "; ") }
        let reply = try await client.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
        let answer = Reply(status: reply.status.code, headers: reply.headers, text: String(buffer: reply.body))
        for surprise in ContractCheck.surprises(in: answer, to: method, path, deployment) {
            Issue.record(Comment(rawValue: surprise))
        }
        return answer
    }

    private static let visitor = "0123456789abcdef0123456789abcdef"

    // MARK: JSON

    func get(_ path: String, as person: Person? = nil, language: Language = .chinese) async throws -> Reply {
        try await send(.get, path, as: person, language: language)
    }

    func post(
        _ path: String, _ object: [String: Any] = [:], as person: Person? = nil, key: String? = nil,
        language: Language = .chinese
    ) async throws -> Reply {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let key { headers[HTTPField.Name("Idempotency-Key")!] = key }
        let body = Array(try JSONSerialization.data(withJSONObject: object))
        return try await send(.post, path, as: person, language: language, headers: headers, body: body)
    }

    // MARK: Pages

    /// The token in the forms of pages that were shown to this person.
    func formToken(of person: Person?) -> String {
        CSRF(key: deployment.keys.formKey)
            .token(person.map { .session($0.session.uuid.bytes) } ?? .visitor(Self.visitor))
    }

    func page(_ path: String, as person: Person? = nil, language: Language = .chinese) async throws -> Reply {
        try await send(.get, path, as: person, proof: .cookie, language: language)
    }

    /// Sends a form as a browser does, with the token that its pages carry.
    func submit(
        _ path: String, _ fields: KeyValuePairs<String, String>, as person: Person? = nil, once: String? = nil,
        language: Language = .chinese
    ) async throws -> Reply {
        try await submit(path, fields: fields.map { ($0.key, $0.value) }, as: person, once: once, language: language)
    }

    func submit(
        _ path: String, fields: [(String, String)], as person: Person?, once: String? = nil,
        language: Language = .chinese
    ) async throws -> Reply {
        var pairs = fields + [("_csrf", formToken(of: person))]
        if let once { pairs.append(("_once", once)) }
        let body = pairs.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
        return try await send(
            .post, path, as: person, proof: .cookie, language: language,
            headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(body.utf8))
    }
}
