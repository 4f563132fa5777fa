import Domain
import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite("Errors become answers")
struct ErrorAnswerTests {
    private static let expected: [(TestEndpoints.Failure, Int, String)] = [
        (.invalid, 422, "input.number"), (.conflict, 409, "test.taken"), (.missing, 404, "not-found"),
        (.forbidden, 403, "forbidden"),
        (.tooMany, 429, "test.taken"), (.many, 422, "input"), (.denied, 403, "forbidden"),
        (.retry, 503, "storage.retry"),
        (.unknown, 503, "storage.unknown"), (.unique, 500, "internal"), (.statement, 500, "internal"),
        (.cancelled, 503, "storage.retry"),
        (.other, 500, "internal"),
    ]

    @Test("as problem+json and as page, in both languages", arguments: expected, Language.allCases)
    func both(expected: (failure: TestEndpoints.Failure, status: Int, code: String), language: Language) async throws {
        let site = try TestSite()
        let how = expected.failure.rawValue
        let accept = ["Accept-Language": language == .chinese ? "zh-CN" : "en"]
        let json = try await site.ask(.get, "/api/v1/fail/\(how)", accept)
        let page = try await site.ask(.get, "/fail/\(how)", accept)
        #expect(json.status == expected.status)
        #expect(page.status == expected.status)
        #expect(json.header("Content-Type") == "application/problem+json; charset=utf-8")
        #expect(page.header("Content-Type") == "text/html; charset=utf-8")
        for answer in [json, page] {
            #expect(answer.header("Content-Language") == language.rawValue)
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(!answer.text.contains("⟦"))
        }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
        #expect(object["code"] as? String == expected.code)
        #expect(object["status"] as? Int == expected.status)
        #expect(object["type"] as? String == "/docs/problems#\(expected.code)")
        #expect((object["instance"] as? String)?.hasPrefix("urn:linli:request:") == true)
        let title = site.pipeline.site.catalogue.text(Problem(expected.failure.error).title, in: language)
        #expect(object["title"] as? String == title)
        #expect(page.text.contains("<html lang=\"\(language.rawValue)\""))
        #expect(page.text.contains("<h1>\(HTML(text: title).string)</h1>"))
        if expected.status == 503 || expected.status == 429 { #expect(Int(json.header("Retry-After") ?? "") ?? 0 > 0) }
    }

    @Test("each field's mistake stands in the answer")
    func violations() async throws {
        let site = try TestSite()
        let json = try await site.ask(.get, "/api/v1/fail/many", ["Accept-Language": "en"])
        #expect(
            json.text.contains(#"{"field":"words","code":"input.missing","detail":"Please fill in “What happened”"}"#))
        let page = try await site.ask(.get, "/fail/many", ["Accept-Language": "en"])
        #expect(page.text.contains("<li>Please fill in “Note”</li>"))
    }

    @Test("nobody learns from an answer what went wrong inside; the log does, with the request's number")
    func inside() async throws {
        let site = try TestSite()
        let answer = try await site.ask(.get, "/api/v1/fail/statement")
        #expect(!answer.text.contains("syntax"))
        let line = try #require(site.log.all.first { $0.contains("syntax") })
        #expect(line.hasPrefix("error "))
        let number = try #require(line.split(separator: "request=").last)
        #expect(answer.text.contains("urn:linli:request:\(number)"))
    }

    @Test("when the database cannot say who asks, the answer is still one")
    func noDatabase() async throws {
        struct Broken: Error {}
        let site = try TestSite(authenticator: FakeAuthenticator(error: Broken()))
        #expect(try await site.ask(.get, "/things/a", ["Cookie": "linli_session=good"]).status == 500)
        #expect(try await site.ask(.get, "/nowhere", ["Cookie": "linli_session=good"]).status == 404)
    }

    @Test("without a session: pages lead to the sign-in, JSON and forms answer 401")
    func notSignedIn() async throws {
        let site = try TestSite()
        let page = try await site.ask(.get, "/work/things?a=1&b=2")
        #expect(page.status == 303)
        #expect(page.header("Location") == "/signin?next=%2Fwork%2Fthings%3Fa%3D1%26b%3D2")
        let expired = try await site.ask(.get, "/work/things", ["Cookie": "linli_session=old"])
        #expect(expired.header("Location") == "/signin?next=%2Fwork%2Fthings&expired=1")
        let json = try await site.ask(
            .post, "/api/v1/things", ["Content-Type": "application/json"], body: Array("{}".utf8))
        #expect(json.status == 401)
        #expect(json.header("WWW-Authenticate") == "Bearer")
        #expect(
            try await site.post("/work/form", [("words", "x")], cookie: nil, headers: ["Sec-Fetch-Site": "none"]).status
                == 401)
    }

    @Test("rights come before input: somebody without them learns nothing about it")
    func rightsFirst() async throws {
        let site = try TestSite(authenticator: FakeAuthenticator(permissions: []))
        #expect(try await site.postJSON("/api/v1/things", "not json").status == 403)
        #expect(try await site.postJSON("/api/v1/things", "{}", headers: ["Authorization": "Bearer bad"]).status == 401)
        #expect(try await site.ask(.get, "/work/things", ["Cookie": "linli_session=good"]).status == 403)
    }

    @Test("a path that makes no sense is a page that is not there")
    func forgedPath() async throws {
        let site = try TestSite()
        #expect(try await site.postJSON("/api/v1/things/forged", "{}", method: .put).status == 404)
        #expect(try await site.ask(.get, "/fail/somehow").status == 404)
        #expect(try await site.ask(.get, "/things/\(String(repeating: "a", count: 21))").status == 404)
        #expect(try await site.ask(.get, "/things/%ff").status == 404)
        #expect(try await site.ask(.get, "/things/%E7%81%AF").text.contains("<main id=\"main\">灯</main>"))
        #expect(try await site.ask(.get, "/things/a%2Fb%3Cc").text.contains("<main id=\"main\">a/b&lt;c</main>"))
    }

    @Test("a refused form is shown again with what was typed, escaped, and what is wrong")
    func again() async throws {
        let site = try TestSite()
        let short = try await site.post("/form", [("words", "<b>")], headers: ["Accept-Language": "en"])
        #expect(short.status == 200)
        let refused = try await site.post("/form", [("words", "\"")], headers: ["Accept-Language": "en"])
        #expect(refused.status == 422)
        #expect(refused.text.contains("<textarea name=\"words\">&quot;</textarea>"))
        #expect(refused.text.contains("“What happened” needs at least 2 characters"))
        let conflict = try await site.post("/form", [("words", "taken")], headers: ["Accept-Language": "en"])
        #expect(conflict.status == 409)
        #expect(conflict.text.contains("Somebody was quicker"))
    }

    @Test("an idempotency key must be one; the form's own token stands for it")
    func idempotency() async throws {
        let site = try TestSite()
        #expect(try await site.ask(.get, "/api/v1/things", ["Idempotency-Key": "a b"]).status == 400)
        #expect(
            try await site.ask(.get, "/api/v1/things", ["Idempotency-Key": String(repeating: "a", count: 65)]).status
                == 400)
        #expect(
            try await site.post("/work/form", [("words", "abc"), ("_once", "token-1")]).text.contains("abc|token-1"))
        #expect(try await site.post("/work/form", [("words", "abc"), ("_once", "to ken")]).status == 400)
    }
}
