/// What a request carried, by name, from path, query and body, before it is given a type.
public struct IncomingFields: Sendable {
    enum Body: Sendable {
        case none
        case form([String: [String]])
        case json([String: JSONValue])
    }

    var path: [String: String]
    var query: [String: [String]]
    var body: Body
    /// The files of the form that fields take; they lie in the upload space until the request is answered.
    var files: [IncomingFile] = []
    /// There were files that no field takes; their content has been passed over.
    var carriesFiles = false

    init(path: [String: String] = [:], query: [String: [String]] = [:], body: Body = .none) {
        self.path = path
        self.query = query
        self.body = body
    }

    /// Where its files lie.
    var uploadPaths: [String] {
        files.compactMap { if case .stored(let file) = $0.outcome { file.path } else { nil } }
    }

    /// A form's texts as they came, for showing them again beside what is wrong.
    public var typed: [String: [String]] {
        if case .form(let fields) = body { fields } else { query }
    }

    /// More fields than any form here has.
    static let maximumFields = 200

    /// Reads `a=1&b=2`; `nil` when it is not UTF-8 or has more than `maximumFields`.
    static func formFields(_ text: some StringProtocol) -> [String: [String]]? {
        var fields: [String: [String]] = [:]
        var count = 0
        for pair in text.split(separator: "&") {
            count += 1
            guard count <= maximumFields else { return nil }
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = percentDecoded(parts[0], plusIsSpace: true),
                let value = percentDecoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { return nil }
            fields[name, default: []].append(value)
        }
        return fields
    }
}
