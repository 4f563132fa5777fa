import HTTPTypes
public import Hummingbird

extension Router where Context == LinliContext {
    /// The router of a whole deployment. Pages answer HEAD as they answer GET.
    /// - Precondition: no two endpoints share method and path (the names of places aside).
    public static func linli(_ endpoints: [Endpoint], _ pipeline: Pipeline) -> Router<LinliContext> {
        let router = Router(context: LinliContext.self, options: .autoGenerateHeadEndpoints)
        let all = endpoints + [Preferences.endpoint]
        let routes = all.map { (method: $0.method, path: $0.path) } + [(method: .get, path: StaticFiles.path)]
        router.add(middleware: RequestFrame(pipeline: pipeline, routes: routes))
        var seen: Set<String> = []
        for endpoint in all {
            let pattern = endpoint.path.routerPattern
            precondition(
                seen.insert("\(endpoint.method) \(pattern)").inserted, "two endpoints for \(endpoint.path.pattern)")
            router.on(RouterPath(pattern), method: endpoint.method) { request, context in
                context.coreContext.endpointPath.value = endpoint.path.pattern
                return await pipeline.respond(endpoint, request, context)
            }
        }
        router.get(RouterPath(StaticFiles.path.pattern)) { request, context in
            if let response = pipeline.site.assets.respond(to: request, context) { return response }
            return await pipeline.notFound(request, context)
        }
        return router
    }
}
