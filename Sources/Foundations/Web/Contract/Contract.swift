/// What Linli promises to its callers: every operation of the JSON interface, the shapes of answers, the refusals.
/// Made from the endpoints themselves; `/api/v1/openapi.json`, `/docs` and the tests read it.
public struct Contract: Sendable {
    let operations: [JSONOperation]
    let problems: ProblemCatalogue
    let catalogue: Catalogue
    /// Every shape that an answer has or holds, by name.
    let shapes: [String: Shape]
    private let schemas: [String: Schema]
    /// Endpoints whose answers cannot be described, each with what to do about it. Tests want none.
    public let gaps: [String]

    public init(describing endpoints: [Endpoint], problems: ProblemCatalogue, catalogue: Catalogue) {
        self.problems = problems
        self.catalogue = catalogue
        operations = endpoints.filter { $0.kind == .json }.map { JSONOperation($0, problems) }
            .sorted { ($0.tag, $0.path, $0.method) < ($1.tag, $1.path, $1.method) }
        let reading = ShapeReading()
        var schemas: [String: Schema] = [:]
        var gaps: [String] = []
        for operation in operations {
            guard let output = operation.endpoint.output else { continue }
            do {
                schemas[operation.identifier] = try output.schema(in: reading)
            } catch {
                gaps.append("\(operation.method) \(operation.path): \(error)")
            }
            for code in operation.endpoint.errors where problems.statuses(of: code).isEmpty {
                gaps.append("\(operation.method) \(operation.path) declares \(code), which no source refuses with")
            }
        }
        self.schemas = schemas
        self.gaps = gaps
        shapes = reading.shapes
    }

    /// What the operation answers when all went well; `nil` when its type has no shape.
    func schema(of operation: JSONOperation) -> Schema? { schemas[operation.identifier] }

    /// The operation that a request led to.
    func operation(method: String, path: String) -> JSONOperation? {
        let candidates = operations.filter { $0.method == method && $0.endpoint.path.matches(path) }
        // A fixed word beats a place, as it does in the router.
        return candidates.min { $0.endpoint.path.parameterNames.count < $1.endpoint.path.parameterNames.count }
    }
}
