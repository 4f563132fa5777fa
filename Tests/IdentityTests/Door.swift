import Areas
import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Module
import NIOCore
import Storage
import StorageTestSupport
import Web

@testable import Identity

/// The module behind a router, asked as a browser or a script asks it.
struct Door {
    let ground: Ground
    private let application: any ApplicationProtocol

    static func run(
        _ engine: Engine, demo: [DemoAccount] = [], _ body: (Door) async throws -> Void
    ) async throws {
        try await Ground.run(engine) { ground in
            let modules = [
                AreasModule.module(ground.services.areas), IdentityModule.module(ground.services, demo: demo),
            ]
            let site = Site(
                name: LocalizedName(chinese: "清河街道", english: "Qinghe Street"), dutyPhone: "8012 0345",
                catalogue: try Catalogue(folders: [WebResources.catalogue] + modules.flatMap(\.catalogues)),
                navigation: [], assets: .none, zone: .china)
            let logger = Logger(label: "test")
            let pipeline = Pipeline(
                site: site, authenticator: IdentityAuthenticator(ground.services, logger: logger),
                csrf: CSRF(key: SymmetricKey(size: .bits256)), world: ground.services.world,
                configuration: Pipeline.Configuration(secureCookies: false, showsStatements: false), logger: logger)
            let router = Router.linli(modules.flatMap(\.endpoints), pipeline)
            try await body(Door(ground: ground, application: Application(router: router)))
        }
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let text: String

        var cookies: [String] { headers[values: .setCookie] }
        /// `name=value`, as the browser sends it back.
        var sessionCookie: String? {
            cookies.first { $0.hasPrefix(Cookie.session + "=") }.map { String($0.prefix { $0 != ";" }) }
        }

        var object: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
        }

        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

        var csrfToken: String? { hidden("_csrf") }

        /// The page without what differs from request to request.
        var withoutTokens: String {
            [hidden("_csrf"), hidden("_once")].compactMap(\.self).reduce(text) { $0.replacing($1, with: "…") }
        }

        private func hidden(_ name: String) -> String? {
            guard let place = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
            return String(text[place.upperBound...].prefix { $0 != "\"" })
        }
    }

    func ask(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: [String: String] = [:], body: String? = nil
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        let sent = fields
        return try await application.test(.router) { client in
            try await client.execute(uri: uri, method: method, headers: sent, body: body.map { ByteBuffer(string: $0) })
            {
                Answer(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
            }
        }
    }

    func get(_ uri: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await ask(.get, uri, headers)
    }

    func json(
        _ method: HTTPRequest.Method, _ uri: String, _ object: [String: String], _ headers: [String: String] = [:]
    ) async throws -> Answer {
        let body = String(decoding: try JSONEncoder().encode(object), as: UTF8.self)
        return try await ask(method, uri, headers.merging(["Content-Type": "application/json"]) { $1 }, body: body)
    }

    /// Sends a form as a browser does: without `token` it fetches the sign-in page first, for cookie and token.
    func post(
        _ uri: String, _ fields: [(String, String)], cookie: String? = nil, token: String? = nil
    ) async throws -> Answer {
        var cookie = cookie
        var token = token
        if cookie == nil {
            let page = try await get("/signin")
            cookie = page.cookies.first.map { String($0.prefix { $0 != ";" }) }
            token = token ?? page.csrfToken
        }
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        let body = (fields + [("_csrf", token ?? "")]).map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }.joined(separator: "&")
        return try await ask(
            .post, uri, ["Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie ?? ""], body: body)
    }
}
