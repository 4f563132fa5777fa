import Domain
import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite("Catalogues")
struct CatalogueTests {
    private func catalogue(_ folders: [[String: [String: String]]]) throws -> Catalogue {
        try Catalogue(folders: folders.map { try TestCatalogue.folder($0) })
    }

    @Test("placeholders are filled; one without a value shows its name")
    func placeholders() throws {
        let texts = try catalogue([["zh-Hans": ["a": "{name}交了{n}件"], "en": ["a": "{name} sent {what}{"]]])
        #expect(texts.text(Phrase("a", ["name": "王{n}"], count: 3), in: .chinese) == "王{n}交了3件")
        #expect(texts.text(Phrase("a", ["name": "Wang"]), in: .english) == "Wang sent ⟦what⟧{")
    }

    @Test("English tells one from several; Chinese does not")
    func plurals() throws {
        let texts = try catalogue([["zh-Hans": ["a": "{n}件"], "en": ["a.one": "one thing", "a.other": "{n} things"]]])
        #expect(texts.text(Phrase("a", count: 1), in: .english) == "one thing")
        #expect(texts.text(Phrase("a", count: 0), in: .english) == "0 things")
        #expect(texts.text(Phrase("a", count: 2), in: .english) == "2 things")
        #expect(texts.text(Phrase("a", count: 1), in: .chinese) == "1件")
    }

    @Test("a missing key shows itself")
    func missing() throws {
        let texts = try catalogue([["zh-Hans": ["a": "x"], "en": [:]]])
        #expect(texts.text("b", in: .chinese) == "⟦b⟧")
        #expect(texts.text("a", in: .english) == "⟦a⟧")
        #expect(texts.has("a", in: .chinese) && !texts.has("a", in: .english))
    }

    @Test("a key in two files is refused, and so are a missing and a broken file")
    func unusable() throws {
        let both = ["zh-Hans": ["a": "x"], "en": ["a": "x"]]
        #expect(throws: Catalogue.Unusable.self) { try catalogue([both, both]) }
        #expect(throws: Catalogue.Unusable.self) { try catalogue([["en": ["a": "x"]]]) }
        let folder = try TestCatalogue.folder(both)
        try Data("{".utf8).write(to: folder.appending(path: "en.json"))
        #expect(throws: Catalogue.Unusable.self) { try Catalogue(folders: [folder]) }
    }

    @Test("a violation names the field by its label, or by its name where it has none")
    func violations() throws {
        let texts = try Catalogue(folders: [WebResources.catalogue, TestCatalogue.folder()])
        let violation = RuleViolation(.invalid, "input.missing", field: "words")
        #expect(texts.text(violation, in: .chinese) == "请填写“说说情况”")
        #expect(texts.text(violation, in: .english) == "Please fill in “What happened”")
        #expect(texts.text(RuleViolation(.invalid, "input.missing", field: "x"), in: .english) == "Please fill in “x”")
    }

    @Test("every problem that the web base can answer has a title and an advice in both languages")
    func problems() throws {
        let texts = try Catalogue(folders: [WebResources.catalogue])
        let errors: [any Error] =
            [
                RequestRefused.tooLarge, RequestRefused.badJSON, RequestRefused.badForm, RequestRefused.broken,
                RequestRefused.badType,
                RequestRefused.filesUnsupported, NoRoomForFiles(), RequestRefused.badToken, RequestRefused.sessionEnded,
                RequestRefused.badIdempotencyKey, RequestRefused.notFound, RequestRefused.wrongMethod,
            ] + TestEndpoints.Failure.allCases.map(\.error)
        for problem in errors.map(Problem.init) where problem.code != "test.taken" {
            for language in Language.allCases {
                #expect(texts.has("problem.\(problem.code)", in: language), "\(problem.code)")
                #expect(
                    texts.has("problem-advice.\(problem.code)", in: language)
                        || texts.has("problem-advice.\(problem.status.code)", in: language), "\(problem.code)")
            }
        }
    }
}
