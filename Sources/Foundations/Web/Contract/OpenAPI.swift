import HTTPTypes

/// The OpenAPI 3.1 document of a contract.
struct OpenAPI: Sendable {
    let contract: Contract
    private let examples: Examples
    /// Refusals that several operations share, by their codes.
    private let shared: Set<Refusals>

    /// Some codes under one status.
    private struct Refusals: Hashable {
        let status: Int
        let codes: [String]
        var name: String { "\(status)-" + codes.joined(separator: "-") }
    }

    init(_ contract: Contract) {
        self.contract = contract
        examples = Examples(catalogue: contract.catalogue, shapes: contract.shapes, language: .english)
        var seen: Set<Refusals> = []
        var shared: Set<Refusals> = []
        for operation in contract.operations {
            for (status, codes) in operation.refusals {
                let refusals = Refusals(status: status, codes: codes)
                if !seen.insert(refusals).inserted { shared.insert(refusals) }
            }
        }
        self.shared = shared
    }

    var document: JSONValue {
        var paths: [String: JSONValue] = [:]
        for (path, operations) in Dictionary(grouping: contract.operations, by: \.path) {
            paths[path] = .object(
                Dictionary(
                    operations.map { ($0.method.lowercased(), describe($0)) }, uniquingKeysWith: { first, _ in first }))
        }
        return [
            "openapi": "3.1.0", "info": info, "servers": [["url": "/"]],
            "tags": .array(Set(contract.operations.map(\.tag)).sorted().map { ["name": .string($0)] }),
            "paths": .object(paths), "components": components,
        ]
    }

    private var info: JSONValue {
        [
            "title": "Linli", "version": .string(Contract.version),
            "summary": "Reports, cases and tasks of a street.",
            "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            "description": .string(OpenAPI.rules),
        ]
    }

    /// What holds for every operation. docs/api.md says the same at length.
    static let rules = """
        JSON in UTF-8 in and out; moments are ISO 8601 with offset. Refusals are `application/problem+json` (RFC 9457) in \
        the language of `Accept-Language`; their `code` is stable, `/docs/problems` lists all.

        A body is one JSON object. A member that the operation does not know is refused (422 `input.unknown`); unknown \
        names in the query are passed over. Answers may gain members; those that are there keep their meaning.

        Every POST takes an `Idempotency-Key`: the same key with the same body acts once and gets the same answer for 48 \
        hours; with another body it is refused (409 `idempotency.mismatch`). Answers that hold a secret (signing in, second \
        factors) or open personal data are not kept: sent again, these act again. A file that comes twice waits twice, and \
        what nobody names is thrown away after a day.

        Lists are cut into pages: `limit` entries, and `next`, if there is more, goes into `after`.

        A method that an address does not have is refused with 405 and `Allow`; a body that is too large with 413, one of \
        another type with 415. `Accept` is not looked at (no 406): there is one representation. Answers that may be tried \
        again say when in `Retry-After`.
        """

    // MARK: Operations

    private func describe(_ operation: JSONOperation) -> JSONValue {
        var object: [String: JSONValue] = [
            "operationId": .string(operation.identifier), "tags": [.string(operation.tag)],
            "summary": .string(operation.endpoint.summary),
            "description": .string(operation.endpoint.access.explanation),
            "responses": responses(operation), "security": security(operation),
        ]
        var parameters = operation.parameters.filter { $0.place != .body }.map(describe)
        if operation.takesIdempotencyKey { parameters.append(["$ref": "#/components/parameters/IdempotencyKey"]) }
        if !parameters.isEmpty { object["parameters"] = .array(parameters) }
        if operation.endpoint.method == .post { object["requestBody"] = requestBody(operation) }
        return .object(object)
    }

    private func describe(_ parameter: JSONOperation.Parameter) -> JSONValue {
        [
            "name": .string(parameter.field.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired), "schema": parameter.field.json(inBody: false),
            "description": .string(contract.label(of: parameter.field.name, in: .english)),
            "example": examples.value(of: parameter.field),
        ]
    }

    private func requestBody(_ operation: JSONOperation) -> JSONValue {
        let fields = operation.parameters.filter { $0.place == .body }
        var properties: [String: JSONValue] = [:]
        for field in fields {
            guard case .object(var schema) = field.field.json(inBody: !operation.takesFiles) else { continue }
            schema["description"] = .string(contract.label(of: field.field.name, in: .english))
            properties[field.field.name] = .object(schema)
        }
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.field.name) }
        var schema: [String: JSONValue] = [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
        ]
        if !required.isEmpty { schema["required"] = .array(required) }
        if operation.takesFiles {
            return ["required": true, "content": ["multipart/form-data": ["schema": .object(schema)]]]
        }
        return [
            "required": .bool(!required.isEmpty),
            "content": ["application/json": ["schema": .object(schema), "example": examples.body(operation)]],
        ]
    }

    private func security(_ operation: JSONOperation) -> JSONValue {
        let cookie: JSONValue =
            operation.endpoint.method == .get ? ["cookie": []] : ["cookie": [], "csrfToken": []]
        return operation.endpoint.access.needsSession ? [["bearer": []], cookie] : [[:], ["bearer": []]]
    }

    // MARK: Answers

    private func responses(_ operation: JSONOperation) -> JSONValue {
        var all: [String: JSONValue] = [:]
        for (status, codes) in operation.refusals {
            let refusals = Refusals(status: status, codes: codes)
            all[String(status)] =
                shared.contains(refusals)
                ? ["$ref": .string("#/components/responses/\(refusals.name)")] : describe(refusals)
        }
        all[String(operation.endpoint.successStatus.code)] = success(operation)
        return .object(all)
    }

    private func success(_ operation: JSONOperation) -> JSONValue {
        var media: [String: JSONValue] = [:]
        if let schema = contract.schema(of: operation) {
            media = ["schema": schema.json, "example": examples.value(of: schema)]
        }
        var response: [String: JSONValue] = [
            "description": "Done.", "content": ["application/json": .object(media)],
        ]
        if operation.endpoint.output?.isLocated == true {
            response["headers"] = [
                "Location": [
                    "description": "The address of what was made.",
                    "schema": ["type": "string", "format": "uri-reference"],
                ]
            ]
        }
        return .object(response)
    }

    private func describe(_ refusals: Refusals) -> JSONValue {
        let codes = refusals.codes.map(JSONValue.string)
        // What is wrong with fields stands in `errors`; the problem is then called `input`, or as the one field's mistake.
        let code: JSONValue = ["anyOf": [["enum": .array(codes)], ["type": "string", "pattern": "^input(\\.|$)"]]]
        var examples: [String: JSONValue] = [:]
        for code in refusals.codes.prefix(3) {
            examples[code] = [
                "value": self.examples.problem(
                    code, status: refusals.status, title: contract.title(of: code, in: .english),
                    field: code == "input" ? "title" : nil)
            ]
        }
        var response: [String: JSONValue] = [
            "description": .string(
                refusals.codes.map { "`\($0)`: \(contract.title(of: $0, in: .english))." }.joined(separator: "\n\n")),
            "content": [
                "application/problem+json": [
                    "schema": [
                        "allOf": [
                            ["$ref": "#/components/schemas/Problem"],
                            ["type": "object", "properties": ["code": code]],
                        ]
                    ],
                    "examples": .object(examples),
                ]
            ],
        ]
        let headers: [String: JSONValue] =
            switch refusals.status {
            case 401: ["WWW-Authenticate": ["schema": ["type": "string"]]]
            case 429, 503:
                ["Retry-After": ["description": "Seconds.", "schema": ["type": "integer", "minimum": 1]]]
            default: [:]
            }
        if !headers.isEmpty { response["headers"] = .object(headers) }
        return .object(response)
    }

    // MARK: Components

    private var components: JSONValue {
        var schemas = contract.shapes.mapValues(\.json)
        schemas["Problem"] = OpenAPI.problem
        return [
            "schemas": .object(schemas),
            "responses": .object(Dictionary(uniqueKeysWithValues: shared.map { ($0.name, describe($0)) })),
            "parameters": [
                "IdempotencyKey": [
                    "name": "Idempotency-Key", "in": "header", "required": false,
                    "description":
                        "1 to 64 visible characters, new for each request that is meant: a repeat acts once.",
                    "schema": ["type": "string", "pattern": "^[!-~]{1,64}$"],
                ]
            ],
            "securitySchemes": [
                "bearer": [
                    "type": "http", "scheme": "bearer",
                    "description": "The token that POST /api/v1/sessions answers.",
                ],
                "cookie": [
                    "type": "apiKey", "in": "cookie", "name": .string(Cookie.session),
                    "description": "The session of a browser that has signed in on a page.",
                ],
                "csrfToken": [
                    "type": "apiKey", "in": "header", "name": .string(HeaderNames.csrfToken.rawName),
                    "description": "Beside the cookie, for everything but GET: the token in the page's forms.",
                ],
            ],
        ]
    }

    /// RFC 9457, with the code and what is wrong with which field.
    private static let problem: JSONValue = [
        "type": "object", "required": ["type", "title", "status", "code", "instance"],
        "properties": [
            "type": ["type": "string", "format": "uri-reference"],
            "title": ["type": "string"],
            "status": ["type": "integer", "minimum": 400, "maximum": 599],
            "code": ["type": "string"],
            "instance": ["type": "string", "format": "uri"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["code", "detail"],
                    "properties": [
                        "field": ["type": "string"], "code": ["type": "string"], "detail": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]
}

extension Contract {
    /// The version of the program that the contract belongs to.
    static let version = "0.1.0"

    /// What a field is called on the pages; its name where it has none.
    func label(of name: String, in language: Language) -> String {
        let phrase = Phrase.code("field", name)
        return catalogue.has(phrase.key, in: language) ? catalogue.text(phrase, in: language) : name
    }

    /// The sentence of a code, with `{placeholders}`.
    func title(of code: String, in language: Language) -> String {
        catalogue.template("problem.\(code)", in: language) ?? code
    }
}
