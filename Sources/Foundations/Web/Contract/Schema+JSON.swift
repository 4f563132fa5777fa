// Schemas as JSON Schema 2020-12, which OpenAPI 3.1 is written in.

extension Schema {
    var json: JSONValue {
        switch self {
        case .text(nil): ["type": "string"]
        case .text(let format?): ["type": "string", "format": .string(format.rawValue)]
        case .choice(let codes): ["type": "string", "enum": .array(codes.map(JSONValue.string))]
        case .integer: ["type": "integer", "format": "int64"]
        case .number: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .list(let element): ["type": "array", "items": element.json]
        case .map(let value): ["type": "object", "additionalProperties": value.json]
        case .shape(let name): ["$ref": .string("#/components/schemas/\(name)")]
        }
    }
}

extension Shape {
    /// Answers may gain members; those that are there keep their meaning.
    var json: JSONValue {
        let required = members.filter { !$0.isOptional }.map { JSONValue.string($0.name) }
        var object: [String: JSONValue] = [
            "type": "object",
            "properties": .object(
                Dictionary(members.map { ($0.name, $0.schema.json) }, uniquingKeysWith: { first, _ in first })),
        ]
        if !required.isEmpty { object["required"] = .array(required) }
        return .object(object)
    }
}

extension FieldDescription {
    /// - Parameter inBody: in JSON a field that may be left out may also be `null`; in paths and queries there is none.
    func json(inBody: Bool) -> JSONValue {
        var object: [String: JSONValue]
        switch kind {
        case .text(let minimum, let maximum):
            object = ["type": "string", "maxLength": .integer(Int64(maximum))]
            if minimum > 0 { object["minLength"] = .integer(Int64(minimum)) }
        case .integer(let range):
            object = [
                "type": "integer", "minimum": .integer(Int64(range.lowerBound)),
                "maximum": .integer(Int64(range.upperBound)),
            ]
        case .flag: object = ["type": "boolean"]
        case .choice(let codes): object = ["type": "string", "enum": .array(codes.map(JSONValue.string))]
        case .id: object = ["type": "string", "format": "uuid"]
        case .ids(let maximum):
            object = [
                "type": "array", "items": ["type": "string", "format": "uuid"],
                "maxItems": .integer(Int64(maximum)),
            ]
        case .instant: object = ["type": "string", "maxLength": 40]
        case .files(let rule):
            let file: JSONValue = ["type": "string", "contentMediaType": "application/octet-stream"]
            object =
                rule.files == 1
                ? ["type": "string", "contentMediaType": "application/octet-stream"]
                : ["type": "array", "items": file, "maxItems": .integer(Int64(rule.files))]
        }
        if isSecret { object["format"] = "password" }
        guard inBody, !isRequired else { return .object(object) }
        if case .string(let type)? = object["type"] { object["type"] = [.string(type), "null"] }
        if case .array(let codes)? = object["enum"] { object["enum"] = .array(codes + [.null]) }
        return .object(object)
    }
}
