import Foundation

/// A JSON document as it came in, before anybody has said what it should be.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// More than any endpoint asks for; deeper documents could exhaust the stack of the one who reads them.
    static let maximumDepth = 16

    /// Reads one document in UTF-8.
    /// - Throws: `RequestRefused.badJSON` when it is not JSON or goes deeper than `maximumDepth`.
    init(parsing bytes: [UInt8]) throws {
        guard JSONValue.isShallow(bytes), String(validating: bytes, as: UTF8.self) != nil else {
            throw RequestRefused.badJSON
        }
        do {
            self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
        } catch {
            throw RequestRefused.badJSON
        }
    }

    /// Counts brackets outside strings, before any recursive reader sees the document.
    private static func isShallow(_ bytes: [UInt8]) -> Bool {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                if depth > maximumDepth { return false }
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
        }
        return true
    }
}

extension JSONValue: Decodable {
    init(from decoder: any Decoder) throws {
        // Texts first: most values are, and each guess that fails costs an error.
        let scalar = try decoder.singleValueContainer()
        if let text = try? scalar.decode(String.self) {
            self = .string(text)
        } else if scalar.decodeNil() {
            self = .null
        } else if let object = try? decoder.container(keyedBy: AnyKey.self) {
            var values: [String: JSONValue] = [:]
            for key in object.allKeys { values[key.stringValue] = try object.decode(JSONValue.self, forKey: key) }
            self = .object(values)
        } else if var elements = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !elements.isAtEnd { values.append(try elements.decode(JSONValue.self)) }
            self = .array(values)
        } else if let integer = try? scalar.decode(Int64.self) {
            self = .integer(integer)
        } else if let flag = try? scalar.decode(Bool.self) {
            self = .bool(flag)
        } else {
            self = .number(try scalar.decode(Double.self))
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        let intValue: Int?
        init?(stringValue: String) {
            self.stringValue = stringValue
            intValue = nil
        }
        init?(intValue: Int) {
            stringValue = String(intValue)
            self.intValue = intValue
        }
    }
}
