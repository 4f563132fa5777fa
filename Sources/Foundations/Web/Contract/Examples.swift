import HTTPTypes

/// Believable values for the description: those of texts come from the catalogues (`example.<name>`).
struct Examples: Sendable {
    let catalogue: Catalogue
    let shapes: [String: Shape]
    let language: Language

    static let id = "01934c2e-7a10-7c3e-9f21-5d3b8a6e4f10"
    static let moment = "2026-11-18T10:24:00+08:00"

    func text(_ name: String) -> String? {
        let phrase = Phrase.code("example", name)
        return catalogue.has(phrase.key, in: language) ? catalogue.text(phrase, in: language) : nil
    }

    func value(of field: FieldDescription) -> JSONValue {
        switch field.kind {
        case .text(let minimum, let maximum):
            let text = text(field.name) ?? "text"
            return .string(text.count > maximum || text.count < minimum ? String(repeating: "x", count: minimum) : text)
        case .integer(let range): return .integer(Int64(min(max(20, range.lowerBound), range.upperBound)))
        case .flag: return true
        case .choice(let codes): return .string(codes.first ?? "")
        case .id: return .string(Examples.id)
        case .ids: return [.string(Examples.id)]
        case .instant: return .string(Examples.moment)
        case .files: return "@photo.jpg"
        }
    }

    /// The body of a request: what is required, and whatever the catalogues have an example for.
    func body(_ operation: JSONOperation) -> JSONValue {
        let fields = operation.parameters.filter { parameter in
            parameter.place == .body && (parameter.isRequired || text(parameter.field.name) != nil)
        }
        return .object(
            Dictionary(fields.map { ($0.field.name, value(of: $0.field)) }, uniquingKeysWith: { first, _ in first }))
    }

    func value(of schema: Schema, named name: String = "") -> JSONValue {
        switch schema {
        case .text(nil): .string(text(name) ?? "text")
        case .text(.moment): .string(Examples.moment)
        case .text(.day): .string(String(Examples.moment.prefix(10)))
        case .text(.uuid): .string(Examples.id)
        case .choice(let codes): .string(codes.first ?? "")
        case .integer: 1
        case .number: .number(0.5)
        case .flag: true
        case .list(let element): [value(of: element, named: name)]
        case .map(let inner): ["name": value(of: inner)]
        case .shape(let shape):
            .object(
                Dictionary(
                    (shapes[shape]?.members ?? []).map { ($0.name, value(of: $0.schema, named: $0.name)) },
                    uniquingKeysWith: { first, _ in first }))
        }
    }

    func problem(_ code: String, status: Int, title: String, field: String?) -> JSONValue {
        var object: [String: JSONValue] = [
            "type": .string(Problem.type(of: code)), "title": .string(title), "status": .integer(Int64(status)),
            "code": .string(code), "instance": "urn:linli:request:5d3b8a6e",
        ]
        if let field {
            object["errors"] = [
                [
                    "field": .string(field), "code": "input.missing",
                    "detail": .string(
                        catalogue.text(Phrase.code("problem", "input.missing", ["field": field]), in: language)),
                ]
            ]
        }
        return .object(object)
    }

    /// The command that sends the example.
    func curl(_ operation: JSONOperation) -> String {
        var path = operation.path
        var query: [String] = []
        for parameter in operation.parameters {
            guard case .string(let text) = value(of: parameter.field) else { continue }
            switch parameter.place {
            case .path: path = path.replacing("{\(parameter.field.name)}", with: percentEncoded(text))
            case .query:
                if parameter.isRequired { query.append("\(parameter.field.name)=\(percentEncoded(text))") }
            case .body: break
            }
        }
        if !query.isEmpty { path += "?" + query.joined(separator: "&") }
        var lines = ["curl -X \(operation.method) \"$LINLI\(path)\""]
        if operation.endpoint.access.needsSession { lines.append("-H \"Authorization: Bearer $TOKEN\"") }
        if operation.takesFiles {
            lines.append("-H \"Idempotency-Key: $(uuidgen)\"")
            lines += operation.parameters.filter { $0.place == .body && $0.field.kind.isFiles }.map {
                "-F \"\($0.field.name)=@photo.jpg\""
            }
        } else if operation.endpoint.method == .post {
            lines.append("-H \"Content-Type: application/json\"")
            lines.append("-H \"Idempotency-Key: $(uuidgen)\"")
            // A quote inside single quotes of the shell.
            lines.append("-d '\(body(operation).text().replacing("'", with: "'\\''"))'")
        }
        return lines.joined(separator: " \\\n  ")
    }
}
