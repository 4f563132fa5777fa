import Domain
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

extension Pipeline {
    func respond(with answer: Endpoint.Answer, _ visitor: Visitor, _ arrival: Arrival) -> Response {
        switch answer {
        case .json(let status, let bytes, var headers):
            headers[.contentType] = "application/json; charset=utf-8"
            headers[.cacheControl] = "no-store"
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .page(let page):
            return render(page, visitor, arrival)
        case .redirect(let redirect):
            return redirectResponse(redirect)
        case .download(let download):
            return download.response()
        case .document(let document):
            return documentResponse(document, arrival)
        }
    }

    private func documentResponse(_ document: Document, _ arrival: Arrival) -> Response {
        // Kept, and asked for again by its tag: a new version must be seen at once.
        let content = document.content
        let headers: HTTPFields = [
            .contentType: document.type, .eTag: content.entityTag, .cacheControl: "public, no-cache",
        ]
        if let known = arrival.knownTags, StaticFiles.matches(known, content.entityTag) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content.bytes)))
    }

    /// Turns an error into what the caller of that kind of endpoint understands.
    func refuse(
        _ error: any Error, _ kind: Endpoint.Kind, _ visitor: Visitor, _ arrival: Arrival, kept: [KeptText] = []
    ) -> Response {
        var problem = Problem(error)
        if case AccessDenied.notSignedIn = error, !kept.isEmpty { problem = Problem(RequestRefused.sessionEnded) }
        if let (level, detail) = problem.logged {
            logger.log(
                level: level, "request failed", metadata: ["request": "\(visitor.requestID)", "error": "\(detail)"])
        }
        if case AccessDenied.notSignedIn = error, kind == .page {
            return redirectResponse(
                Redirect(
                    to: WebRoutes.signIn.url(query: [
                        "next": visitor.url, "expired": visitor.sessionExpired ? "1" : nil,
                    ])))
        }
        var response: Response
        if kind == .json {
            response = problemResponse(problem, visitor)
        } else {
            let shell: Shell = visitor.session == nil ? .resident : .staff
            let page = ErrorPage.page(problem, shell: shell, kept: kept, back: kind == .action ? arrival.referer : nil)
            response = render(page, visitor, arrival)
        }
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private func problemResponse(_ problem: Problem, _ visitor: Visitor) -> Response {
        let bytes = problem.json(requestID: visitor.requestID, language: visitor.language, catalogue: site.catalogue)
        var headers = HTTPFields()
        headers[.contentType] = "application/problem+json; charset=utf-8"
        headers[.contentLanguage] = visitor.language.rawValue
        headers[.cacheControl] = "no-store"
        if problem.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        return Response(
            status: problem.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func redirectResponse(_ redirect: Redirect) -> Response {
        var headers = HTTPFields()
        headers[.location] = redirect.location.text
        headers[.cacheControl] = "no-store"
        for cookie in redirect.cookies { add(cookie, to: &headers) }
        return Response(status: .seeOther, headers: headers)
    }

    private func render(_ page: Page, _ visitor: Visitor, _ arrival: Arrival) -> Response {
        var headers = HTTPFields()
        var visitor = visitor
        if let binding = binding(visitor.session, arrival) {
            visitor = visitor.withCSRFToken(csrf.token(binding))
        } else if visitor.session == nil {
            // Forms of somebody who has not signed in need something to bind their token to.
            let value = UUIDValue(high: world.random(), low: world.random()).description
            visitor = visitor.withCSRFToken(csrf.token(.visitor(value)))
            add(Cookie(Cookie.visitor, value), to: &headers)
        }
        let onceToken = UUIDValue(version7At: visitor.now, random: (world.random(), world.random())).description
        let view = View(visitor: visitor, site: site, onceToken: onceToken)
        let markup = Layout(view: view).render(page)
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        headers[.contentLanguage] = visitor.language.rawValue
        return Response(
            status: page.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: markup.bytes)))
    }

    private func add(_ cookie: Cookie, to headers: inout HTTPFields) {
        headers.append(HTTPField(name: .setCookie, value: cookie.header(secure: configuration.secureCookies)))
    }
}
