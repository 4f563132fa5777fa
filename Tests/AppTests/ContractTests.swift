import Domain
import Foundation
import HTTPTypes
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Identity
@testable import Web

/// The rules of the JSON interface, asked of every endpoint there is: whoever adds one is told here what it still lacks.
@Suite("The contract of the JSON interface")
struct ContractTests {
    @Test("every endpoint says what it answers, and every code that it declares is made somewhere")
    func complete() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let contract = street.deployment.contract
            #expect(contract.gaps.isEmpty, "\(contract.gaps.joined(separator: "\n"))")
            let names = Dictionary(grouping: contract.operations, by: \.identifier).filter { $1.count > 1 }.keys
            #expect(names.isEmpty, "two operations are called \(names)")
            #expect(contract.operations.count > 20)
        }
    }

    @Test("every code has its sentence in both languages")
    func sentences() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let catalogue = street.deployment.site.catalogue
            for code in street.deployment.problems.codes {
                for language in Language.allCases {
                    #expect(catalogue.has("problem.\(code)", in: language), "problem.\(code) in \(language)")
                }
            }
        }
    }

    @Test("the OpenAPI document is served with a tag, names every operation, and all its references lead somewhere")
    func document() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let reply = try await street.get("/api/v1/openapi.json")
            #expect(reply.status == 200)
            let tag = try #require(reply.headers[.eTag])
            let again = try await street.send(.get, "/api/v1/openapi.json", headers: [.ifNoneMatch: tag])
            #expect(again.status == 304 && again.text.isEmpty)
            let document = try reply.deepJSON
            for operation in street.deployment.contract.operations {
                let described = at(
                    "paths/\(operation.path.replacing("/", with: "~1"))/\(operation.method.lowercased())", document)
                #expect(described != nil, "\(operation.identifier) is missing")
            }
            var references: Set<String> = []
            collect(document, into: &references)
            #expect(references.count > 10)
            for reference in references {
                #expect(at(String(reference.dropFirst(2)), document) != nil, "\(reference) leads nowhere")
            }
        }
    }

    @Test("the pages of the interface name every operation and every code, in both languages")
    func pages() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            for language in Language.allCases {
                let docs = try await street.page("/docs", language: language)
                let problems = try await street.page("/docs/problems", language: language)
                for page in [docs, problems] {
                    #expect(page.status == 200 && !page.text.contains("⟦"), "\(language)")
                }
                for operation in street.deployment.contract.operations {
                    #expect(docs.text.contains("id=\"\(operation.identifier)\""), "\(operation.identifier)")
                }
                for code in street.deployment.problems.codes {
                    #expect(problems.text.contains("<tr id=\"\(code)\">"), "\(code)")
                }
            }
        }
    }

    @Test("every list is cut into pages by a mark")
    func lists() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let contract = street.deployment.contract
            var lists = 0
            for operation in contract.operations where operation.endpoint.method == .get {
                guard case .shape(let name)? = contract.schema(of: operation), let shape = contract.shapes[name] else {
                    continue
                }
                // An object whose only content is a list is a list, whatever it is called.
                let all = shape.members.filter { if case .list = $0.schema { true } else { false } }
                guard all.count == 1, shape.members.count <= 2 else { continue }
                lists += 1
                #expect(
                    Set(shape.members.map(\.name)) == ["items", "next"],
                    "\(operation.path): answer ListJSON, so that long lists come in pages")
                let names = Set(operation.parameters.map(\.field.name))
                #expect(
                    names.isSuperset(of: ["after", "limit"]),
                    "\(operation.path): read `after` (a mark) and `limit`, so that its list comes in pages")
            }
            #expect(lists > 4)
        }
    }

    @Test("pages of one entry each give the whole list, once")
    func paging() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            for _ in 1...3 { _ = try await street.make(.received) }
            for _ in 1...2 { _ = try await street.make(.dispatched) }
            try await street.deployment.relay.drain()
            let everybody = try await street.everybody()
            for path in ["areas", "organisations", "reports", "cases", "search?q=%E7%81%AF"] {
                let separator = path.contains("?") ? "&" : "?"
                let whole = try await street.get("/api/v1/\(path)", as: everybody).json["items"]?.array ?? []
                var seen: [String?] = []
                var after: String?
                repeat {
                    let mark = after.map { "&after=\($0)" } ?? ""
                    let page = try await street.get("/api/v1/\(path)\(separator)limit=1\(mark)", as: everybody).json
                    seen += page["items"]?.array.map { $0["id"]?.string } ?? []
                    after = page["next"]?.string
                } while after != nil && seen.count <= whole.count
                #expect(whole.count > 1, "\(path)")
                #expect(seen == whole.map { $0["id"]?.string }, "\(path)")
            }
        }
    }

    @Test("every POST takes an idempotency key, and refuses what is none")
    func keys() async throws {
        try await forEachPost { street, everybody, operation, path in
            let header = HTTPField.Name("Idempotency-Key")!
            let bad = try await street.send(
                .post, path, as: everybody, headers: [.contentType: "application/json", header: "two words"],
                body: Array("{}".utf8))
            #expect(bad.status == 400, "\(operation.path): \(bad.text)")
            #expect(try bad.json["code"]?.string == "request.idempotency-key")
            let good = try await street.post(path, as: everybody, key: "key-\(operation.identifier)")
            #expect(good.status != 400, "\(operation.path): \(good.text)")
        }
    }

    @Test("every POST refuses what is too large, of another type, no object, or has a member that it does not know")
    func bodies() async throws {
        try await forEachPost { street, everybody, operation, path in
            let bodies: [(String, [UInt8], Int, String)] = [
                ("text/plain", Array("{}".utf8), 415, "request.media-type"),
                ("application/json; charset=gbk", Array("{}".utf8), 415, "request.media-type"),
                ("application/json", Array("[]".utf8), 400, "request.bad-json"),
                ("application/json", Array("{\"a\":".utf8), 400, "request.bad-json"),
                (
                    "application/json", [UInt8](repeating: 0x20, count: operation.endpoint.bodyLimit + 1), 413,
                    "request.too-large"
                ),
            ]
            for (type, body, status, code) in bodies {
                let reply = try await street.send(
                    .post, path, as: everybody, headers: [.contentType: type], body: body)
                #expect(reply.status == status, "\(operation.path) \(type): \(reply.text)")
                #expect(try reply.json["code"]?.string == code, "\(operation.path) \(type)")
            }
            let unknown = try await street.post(path, ["noSuchMember": 1], as: everybody)
            #expect(unknown.status == 422, "\(operation.path): \(unknown.text)")
            #expect(
                try unknown.json.violations["noSuchMember"] == "input.unknown", "\(operation.path): \(unknown.text)")
        }
    }

    @Test("every address refuses the methods that it does not have, and names those that it has")
    func methods() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let contract = street.deployment.contract
            for path in Set(contract.operations.map(\.path)) {
                let methods = Set(contract.operations.filter { $0.path == path }.map(\.method))
                let reply = try await street.send(.patch, filled(path))
                #expect(reply.status == 405, "\(path): \(reply.status)")
                let allowed = Set((reply.headers[.allow] ?? "").split(separator: ", ").map(String.init))
                #expect(allowed.subtracting(["HEAD"]) == methods, "\(path): \(allowed)")
            }
        }
    }

    // MARK: Pieces

    private func forEachPost(
        _ body: @escaping @Sendable (TestStreet, Person, JSONOperation, String) async throws -> Void
    ) async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let everybody = try await street.everybody()
            let posts = street.deployment.contract.operations.filter { $0.endpoint.method == .post }
            #expect(posts.count > 10)
            for operation in posts { try await body(street, everybody, operation, filled(operation.path)) }
        }
    }

    private func filled(_ pattern: String) -> String {
        pattern.split(separator: "/").map { $0.hasPrefix("{") ? "01934c2e-7a10-7c3e-9f21-5d3b8a6e4f10" : $0 }
            .reduce("") { $0 + "/" + $1 }
    }

    /// A place in the document by its JSON pointer.
    private func at(_ pointer: String, _ document: Any) -> Any? {
        pointer.split(separator: "/").reduce(document as Any?) { place, name in
            (place as? [String: Any])?[String(name).replacing("~1", with: "/").replacing("~0", with: "~")]
        }
    }

    private func collect(_ value: Any, into references: inout Set<String>) {
        if let object = value as? [String: Any] {
            if let reference = object["$ref"] as? String { references.insert(reference) }
            for inner in object.values { collect(inner, into: &references) }
        } else if let array = value as? [Any] {
            for inner in array { collect(inner, into: &references) }
        }
    }
}

extension TestStreet {
    /// Somebody with every role in the first street, so that rights do not stand before what a test asks about.
    func everybody() async throws -> Person {
        try await sign(
            "everybody",
            posts: Roles.all.map {
                (role: $0.code, office: $0.code == "handler" ? "lamps" : "centre", area: "330299001")
            })
    }
}

extension Reply {
    /// Documents may go deeper than what the server itself takes in.
    var deepJSON: Any {
        get throws { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
    }
}
