import Domain
import HTTPTypes
import Testing

@testable import App
@testable import Web

/// The check of answers finds what is planted, and reading a shape says what a type looks like.
@Suite("Shapes of answers")
struct ContractCheckTests {
    enum Colour: String, Codable, CaseIterable { case red, green }

    struct Inner: Codable, Sendable {
        let name: String
        let openedAt: String
    }

    struct LampJSON: JSONAnswer {
        let id: UUIDValue
        let colour: Colour
        let height: Int?
        let parts: [Inner]
        let counts: [String: Int]
    }

    @Test("a type says its members, which of them may lack, and which texts are moments")
    func reading() throws {
        let reading = ShapeReading()
        #expect(try reading.read(ListJSON<LampJSON>.self).schema == .shape("ContractCheckTestsLampList"))
        let lamp = try #require(reading.shapes["ContractCheckTestsLamp"])
        #expect(lamp.members.map(\.name) == ["id", "colour", "height", "parts", "counts"])
        #expect(lamp.members.filter(\.isOptional).map(\.name) == ["height"])
        #expect(lamp.members[0].schema == .text(.uuid))
        #expect(lamp.members[1].schema == .choice(["red", "green"]))
        #expect(lamp.members[4].schema == .map(of: .integer))
        #expect(reading.shapes["ContractCheckTestsInner"]?.members[1].schema == .text(.moment))
    }

    struct HandMade: JSONAnswer {
        let number: Float
    }

    @Test("a type that cannot be described says what to do")
    func unreadable() {
        #expect(throws: ShapeReading.Unreadable.self) { try ShapeReading().read(HandMade.self) }
    }

    @Test("a wrong answer is found, member by member")
    func planted() throws {
        let reading = ShapeReading()
        let schema = try reading.read(LampJSON.self).schema
        let right =
            #"{"id":"01934c2e-7a10-7c3e-9f21-5d3b8a6e4f10","colour":"red","parts":[{"name":"a","openedAt":"2026-11-18T10:24:00+08:00"}],"counts":{"x":1}}"#
        func mismatches(_ text: String) throws -> [String] {
            ContractCheck.mismatches(
                try JSONValue(parsing: Array(text.utf8)), schema, reading.shapes, at: "")
        }
        #expect(try mismatches(right).isEmpty)
        let mistakes = [
            ("\"red\"", "\"blue\""), ("01934c2e", "x1934c2e"), ("+08:00", ""), ("\"name\":\"a\",", ""),
            ("{\"x\":1}", "{\"x\":\"1\"}"), ("\"colour\"", "\"height\":null,\"colour\""),
            ("\"counts\"", "\"more\":1,\"counts\""),
        ]
        for (piece, other) in mistakes {
            #expect(try mismatches(right.replacing(piece, with: other)).count == 1, "\(other)")
        }
    }

    @Test("an answer that was not announced is found")
    func surprises() throws {
        let problems = try ProblemCatalogue(folders: [WebResources.catalogue])
        let endpoint = Endpoint.json(
            .get, "/api/v1/lamps", access: .open("a test"), summary: "Lamps.", errors: ["idempotency.mismatch"]
        ) { (_: NoInput, _: Visitor) in ListJSON<LampJSON>(items: [], next: nil) }
        let contract = Contract(
            describing: [endpoint], problems: problems, catalogue: try Catalogue(folders: [WebResources.catalogue]))
        #expect(contract.gaps.isEmpty)
        let operation = try #require(contract.operations.first)
        func found(_ status: Int, _ text: String) -> [String] {
            let type = status < 400 ? "application/json; charset=utf-8" : "application/problem+json; charset=utf-8"
            return ContractCheck.surprises(
                in: Reply(status: status, headers: [.contentType: type], text: text), operation, contract)
        }
        #expect(found(200, #"{"items":[]}"#).isEmpty)
        #expect(found(201, #"{"items":[]}"#).count == 1)
        #expect(found(409, #"{"code":"idempotency.mismatch"}"#).isEmpty)
        #expect(found(409, #"{"code":"lamp.broken"}"#).count == 1)
        #expect(found(404, #"{"code":"not-found"}"#).count == 1)
        #expect(found(409, #"{"code":"input","errors":[{"code":"lamp.broken"}]}"#).count == 1)
    }

    private struct Undescribed: Encodable, Sendable { let a: Int }

    @Test("an answer without a shape and a code that nobody makes are told to their author")
    func gaps() throws {
        let endpoint = Endpoint.json(
            .get, "/api/v1/lamps", access: .open("a test"), summary: "Lamps.", errors: ["lamp.nowhere"]
        ) { (_: NoInput, _: Visitor) in Undescribed(a: 1) }
        let contract = Contract(
            describing: [endpoint], problems: try ProblemCatalogue(folders: [WebResources.catalogue]),
            catalogue: try Catalogue(folders: [WebResources.catalogue]))
        #expect(contract.gaps.count == 2)
        #expect(contract.gaps.first?.contains("JSONAnswer") == true)
    }
}
