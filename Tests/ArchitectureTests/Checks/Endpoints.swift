/// Every declaration of an endpoint says who may call it, and routes are made by endpoints only.
enum Endpoints {
    static func check(_ tree: SourceTree) -> [Finding] {
        tree.swift.flatMap { declarationsWithoutAccess($0) + bareRoutes($0) }
    }

    /// `Endpoint.json(…)`, or `.json(.post, …)` in a list of endpoints.
    private static func declarationsWithoutAccess(_ file: SwiftText) -> [Finding] {
        let definitions = ["Endpoint.swift", "Download.swift"].map { "Sources/Foundations/Web/Endpoints/\($0)" }
        guard !definitions.contains(file.path) else { return [] }
        return [".json(", ".page(", ".action(", ".download("].flatMap { name in
            file.offsets(of: name).compactMap { offset -> Finding? in
                let arguments = file.text(offset..<file.close(after: offset + name.utf8.count - 1))
                let named = offset >= 8 && file.text(offset - 8..<offset) == "Endpoint"
                guard named || arguments.contains("summary:") else { return nil }
                guard !arguments.contains("access:") else { return nil }
                return Finding(path: file.path, line: file.line(of: offset), message: "endpoint without access:")
            }
        }
    }

    private static func bareRoutes(_ file: SwiftText) -> [Finding] {
        guard !file.path.hasPrefix("Sources/Foundations/Web/") else { return [] }
        return ["get", "post", "put", "patch", "delete", "on"].flatMap { verb in
            file.offsets(of: "router.\(verb)(").map {
                Finding(
                    path: file.path, line: file.line(of: $0),
                    message: "a route is an Endpoint, so that it has a right and a description")
            }
        }
    }
}
