import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore

@testable import Web

/// One answer, with its body as text.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    var cookies: [String] { headers[values: .setCookie] }
}

extension TestSite {
    /// Sends one request through the router.
    func ask(
        _ method: HTTPRequest.Method, _ uri: String, _ headers: [String: String] = [:], body: [UInt8]? = nil
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields[name] = value
        }
        let sent = fields
        return try await Application(responder: responder).test(.router) { client in
            try await client.execute(uri: uri, method: method, headers: sent, body: body.map { ByteBuffer(bytes: $0) })
            {
                Answer(status: $0.status.code, headers: $0.headers, text: String(buffer: $0.body))
            }
        }
    }

    /// Sends a form as a browser does that stands on a page of this server.
    func post(
        _ uri: String, _ fields: [(String, String)], cookie: String? = "linli_session=good",
        token: String? = TestSite.token,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        let all = fields + (token.map { [("_csrf", $0)] } ?? [])
        let body = all.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
        var sent = ["Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"]
        if let cookie { sent["Cookie"] = cookie }
        sent.merge(headers) { $1 }
        return try await ask(.post, uri, sent, body: Array(body.utf8))
    }

    func postJSON(
        _ uri: String, _ json: String, method: HTTPRequest.Method = .post, headers: [String: String] = [:]
    ) async throws -> Answer {
        try await ask(
            method, uri, ["Content-Type": "application/json", "Authorization": "Bearer good"].merging(headers) { $1 },
            body: Array(json.utf8))
    }
}
