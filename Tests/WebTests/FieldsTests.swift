import Domain
import Testing

@testable import Web

@Suite("Fields of a request")
struct FieldsTests {
    private enum Colour: String, CaseIterable { case red, green }

    private struct All: EndpointInput {
        let text: String
        let optionalText: String?
        let secret: String
        let id: ID<FieldsTests>
        let optionalID: ID<FieldsTests>?
        let ids: [ID<FieldsTests>]
        let colour: Colour
        let optionalColour: Colour?
        let number: Int?
        let flag: Bool
        let instant: Instant?

        init(_ fields: inout Fields) {
            text = fields.text("text", 2...5)
            optionalText = fields.optionalText("optionalText", maximum: 3)
            secret = fields.secret("secret", 4...8)
            id = fields.id("id")
            optionalID = fields.optionalID("optionalID")
            ids = fields.ids("ids", maximum: 2)
            colour = fields.choice("colour")
            optionalColour = fields.optionalChoice("optionalColour")
            number = fields.optionalInteger("number", in: 1...10)
            flag = fields.flag("flag")
            instant = fields.optionalInstant("instant", zone: .china)
        }
    }

    private static let one = "01890000-0000-7000-8000-000000000001"
    private static let two = "01890000-0000-7000-8000-000000000002"
    private static let three = "01890000-0000-7000-8000-000000000003"
    private let good: [String: [String]] = ["text": ["路灯坏了"], "secret": [" p w "], "id": [one], "colour": ["green"]]

    private func read(_ form: [String: [String]]) throws -> All {
        try Fields.read(All.self, from: IncomingFields(body: .form(form)))
    }

    private func readJSON(_ changes: [String: JSONValue]) throws -> All {
        let base: [String: JSONValue] = [
            "text": .string("路灯坏了"), "secret": .string("pass"), "id": .string(FieldsTests.one),
            "colour": .string("red"),
        ]
        return try Fields.read(All.self, from: IncomingFields(body: .json(base.merging(changes) { $1 })))
    }

    private func mistakes(_ read: () throws -> All) -> [String] {
        do {
            _ = try read()
            return []
        } catch let error as RuleViolations {
            return error.all.map { "\($0.field ?? "-") \($0.code)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test("every kind is read from a form")
    func form() throws {
        let input = try read(
            good.merging([
                "text": [" \u{3000}路灯\r\n坏\n\t"], "optionalText": ["abc"], "optionalID": [FieldsTests.two],
                "ids": [FieldsTests.one, FieldsTests.two, FieldsTests.one, ""], "optionalColour": ["red"],
                "number": ["10"],
                "flag": ["on"], "instant": ["2026-11-18T10:24"],
            ]) { $1 })
        #expect(input.text == "路灯\n坏")
        #expect(input.optionalText == "abc")
        #expect(input.secret == " p w ")
        #expect(input.id.description == FieldsTests.one)
        #expect(input.optionalID?.description == FieldsTests.two)
        #expect(input.ids.map(\.description) == [FieldsTests.one, FieldsTests.two])
        #expect(input.colour == .green && input.optionalColour == .red)
        #expect(input.number == 10 && input.flag)
        #expect(input.instant == TestSite.moment)
    }

    @Test("every kind is read from JSON by its own type")
    func json() throws {
        let input = try readJSON([
            "ids": .array([.string(FieldsTests.two)]), "number": .integer(3), "flag": .bool(true),
            "optionalText": .null,
            "instant": .string("2026-11-18T02:24:00Z"),
        ])
        #expect(input.ids.count == 1 && input.number == 3 && input.flag && input.optionalText == nil)
        #expect(input.instant == TestSite.moment)
    }

    @Test("all mistakes are told at once, in the order of the fields")
    func collected() {
        #expect(
            mistakes { try read([:]) } == [
                "text input.missing", "secret input.missing", "id input.missing", "colour input.missing",
            ])
        #expect(
            mistakes {
                try read([
                    "text": ["a"], "optionalText": ["abcd"], "secret": ["abc"], "id": ["x"], "optionalID": ["1"],
                    "ids": [FieldsTests.one, "y"], "colour": ["blue"], "optionalColour": ["blue"], "number": ["11"],
                    "flag": ["maybe"],
                    "instant": ["tomorrow"],
                ])
            } == [
                "text input.too-short", "optionalText input.too-long", "secret input.too-short", "id input.id",
                "optionalID input.id",
                "ids input.id", "colour input.choice", "optionalColour input.choice", "number input.range",
                "flag input.choice",
                "instant input.instant",
            ])
    }

    @Test(
        "one mistake each",
        arguments: [
            ("text", ["toolong"], "input.too-long"), ("text", [" \n\u{200B} "], "input.missing"),
            ("text", [""], "input.missing"),
            ("text", ["one", "two"], "input.repeated"), ("text", ["a\u{0}b"], "input.control-characters"),
            ("text", ["a\u{1B}[1m"], "input.control-characters"), ("text", ["a\u{85}b"], "input.control-characters"),
            ("secret", [""], "input.missing"), ("secret", ["123456789"], "input.too-long"),
            ("secret", ["ab\u{0}c"], "input.control-characters"),
            ("number", ["1.5"], "input.number"), ("number", ["٣"], "input.number"), ("number", ["0"], "input.range"),
            ("number", ["99999999999999999999"], "input.number"), ("ids", [one, two, three], "input.too-many"),
            ("colour", ["RED"], "input.choice"), ("id", ["01890000-0000-7000-8000-00000000000g"], "input.id"),
            ("instant", ["2026-02-30T10:00"], "input.instant"),
        ])
    func single(field: String, values: [String], code: String) {
        #expect(mistakes { try read(good.merging([field: values]) { $1 }) } == ["\(field) \(code)"])
    }

    @Test("a length is counted in Unicode scalars, as both databases count")
    func length() {
        #expect(mistakes { try read(good.merging(["text": ["👨‍👩‍👧"]]) { $1 }) } == [])
        #expect(mistakes { try read(good.merging(["text": ["👨‍👩‍👧a"]]) { $1 }) } == ["text input.too-long"])
    }

    @Test(
        "JSON of the wrong type",
        arguments: [
            ("text", JSONValue.integer(5)), ("text", .bool(true)), ("text", .array([.string("路灯坏了")])),
            ("text", .object([:])),
            ("number", .string("3")), ("number", .number(1.5)), ("flag", .string("true")), ("flag", .integer(1)),
            ("ids", .string(one)), ("ids", .array([.integer(1)])), ("ids", .array([.array([])])), ("id", .integer(1)),
            ("colour", .integer(0)), ("instant", .integer(1)), ("secret", .integer(12345)),
        ])
    func wrongType(field: String, value: JSONValue) {
        #expect(mistakes { try readJSON([field: value]) } == ["\(field) input.type"])
    }

    @Test("JSON with names that nobody reads, ten of them at most")
    func unknownNames() {
        #expect(mistakes { try readJSON(["txet": .string("x")]) } == ["txet input.unknown"])
        let many = Dictionary(uniqueKeysWithValues: (100..<150).map { ("x\($0)", JSONValue.null) })
        #expect(mistakes { try readJSON(many) }.count == 10)
        #expect(mistakes { try readJSON([String(repeating: "x", count: 5000): .null]) }[0].count < 100)
    }

    @Test("a form may carry more than is read: buttons and tokens")
    func formExtras() {
        #expect(mistakes { try read(good.merging(["_csrf": ["x"], "send": ["1"]]) { $1 }) } == [])
    }

    @Test("the path comes first; in JSON its names are not fields")
    func path() throws {
        struct Input: EndpointInput {
            let id: ID<FieldsTests>
            init(_ fields: inout Fields) { id = fields.id("id") }
        }
        let form = IncomingFields(path: ["id": FieldsTests.one], body: .form(["id": [FieldsTests.two]]))
        #expect(try Fields.read(Input.self, from: form).id.description == FieldsTests.one)
        let json = IncomingFields(path: ["id": FieldsTests.one], body: .json(["id": .string(FieldsTests.two)]))
        #expect(throws: RuleViolations([RuleViolation(.invalid, "input.unknown", field: "id")])) {
            try Fields.read(Input.self, from: json)
        }
        #expect(throws: RuleViolation(.notFound, "not-found")) {
            try Fields.read(Input.self, from: IncomingFields(path: ["id": "forged"], body: .form([:])))
        }
    }

    @Test("the description names exactly the fields that are read")
    func description() {
        let fields = Fields.describe(All.self)
        #expect(
            fields.map(\.name) == [
                "text", "optionalText", "secret", "id", "optionalID", "ids", "colour", "optionalColour", "number",
                "flag", "instant",
            ])
        #expect(fields.filter(\.isRequired).map(\.name) == ["text", "secret", "id", "colour"])
        #expect(fields.filter(\.isSecret).map(\.name) == ["secret"])
        #expect(fields[0].kind == .text(minimum: 2, maximum: 5))
        #expect(fields[6].kind == .choice(["red", "green"]))
    }

    @Test("a form's text: broken escapes, wrong UTF-8 and more than 200 fields are refused")
    func formText() {
        #expect(
            IncomingFields.formFields("a=1&a=2&b&=c&&d=%E7%81%AF+x") == [
                "a": ["1", "2"], "b": [""], "": ["c"], "d": ["灯 x"],
            ])
        #expect(IncomingFields.formFields("") == [:])
        for text in ["a=%", "a=%f", "a=%ff", "%C3%28=1"] { #expect(IncomingFields.formFields(text) == nil) }
        #expect(IncomingFields.formFields(Array(repeating: "a=1", count: 200).joined(separator: "&")) != nil)
        #expect(IncomingFields.formFields(Array(repeating: "a=1", count: 201).joined(separator: "&")) == nil)
    }
}
