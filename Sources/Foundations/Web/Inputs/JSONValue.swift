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
    /// - Throws: `RequestRefused.badJSON` when it is not JSON, goes deeper than `maximumDepth`, or names a member twice.
    init(parsing bytes: [UInt8]) throws(RequestRefused) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }
}
