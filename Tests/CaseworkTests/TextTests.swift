import Casework
import Domain
import Foundation
import Testing

@Suite("Texts of the codes")
struct TextTests {
    private let chinese: [String: String]
    private let english: [String: String]

    init() throws {
        func read(_ language: String) throws -> [String: String] {
            try ["i18n-classes", "i18n-limits"].reduce(into: [:]) { texts, folder in
                let file = URL(filePath: #filePath)
                    .appending(path: "../../../Sources/Modules/Casework/Resources/\(folder)/\(language).json")
                    .standardizedFileURL
                texts.merge(try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))) { _, new in
                    new
                }
            }
        }
        (chinese, english) = (try read("zh-Hans"), try read("en"))
    }

    @Test("every code of every enumeration has a name in both languages")
    func codes() {
        expectTexts(of: SubjectKind.self)
        expectTexts(of: Channel.self)
        expectTexts(of: ReportState.self)
        expectTexts(of: ReportAction.self)
        expectTexts(of: CaseState.self)
        expectTexts(of: CaseAction.self)
        expectTexts(of: CasePhase.self)
        expectTexts(of: TaskState.self)
        expectTexts(of: TaskAction.self)
        expectTexts(of: TaskRole.self)
        expectTexts(of: TaskRefusalReason.self)
        expectTexts(of: Ruling.self)
        expectTexts(of: FieldChange.Field.self)
        expectTexts(of: SplitDestination.self)
        expectTexts(of: CallbackMeans.self)
        expectTexts(of: CallbackResult.self)
        expectTexts(of: Satisfaction.self)
        expectTexts(of: YesNo.self)
        expectTexts(of: Contested.self)
        expectTexts(of: ObjectionRuling.self)
        expectTexts(of: Ground.self)
        expectTexts(of: Outcome.self)
        expectTexts(of: Verdict.self)
        expectTexts(of: Verification.self)
        expectTexts(of: Queue.self)
        expectTexts(of: OverlayKind.self)
        expectTexts(of: OverlayState.self)
        expectTexts(of: OverlayAction.self)
        expectTexts(of: MatterKind.self)
        expectTexts(of: LimitStage.self)
        expectTexts(of: LimitUnit.self)
        expectTexts(of: LimitStanding.self)
        expectTexts(of: LimitAction.self)
        expectTexts(of: LimitMove.self)
        expectTexts(of: MatterClass.self)
        expectTexts(of: OverlayVerdict.self)
        expectTexts(of: RefusalReason.self)
        for reason in RefusalReason.allCases { expectTexts([reason.hintKey, reason.directionKey]) }
        expectTexts(Ground.allCases.map { "\($0.key).reference" })
        expectTexts(ReportState.allCases.map { "casework.public.report.\($0.rawValue)" })
        expectTexts(CasePhase.allCases.map { "casework.public.phase.\($0.rawValue)" })
    }

    @Test("every class of the catalogues has a name in both languages, in Chinese the catalogue's own")
    func classes() {
        let directories = Sample.catalogues.directories.flatMap { directory in
            [MatterKind.component, .matter].flatMap(directory.classes)
        }
        for entry in directories + Sample.catalogues.demands.topLevel {
            let key = CatalogueEntry.classKey(of: entry.reference)
            expectTexts([key])
            #expect(chinese[key] == entry.name)
        }
        #expect(directories.count == 15)
        #expect(Set(chinese.keys.filter { $0.hasPrefix("casework.class.") }).count == 30)
    }

    @Test("English texts hold no Chinese, Chinese texts no exclamation mark and no 操作失败")
    func voice() {
        #expect(Set(chinese.keys) == Set(english.keys))
        for (key, text) in english {
            #expect(!text.unicodeScalars.contains { (0x3000...0x9FFF).contains($0.value) }, "\(key)")
        }
        for (key, text) in chinese {
            for word in ["！", "操作失败", "系统异常", "温馨提示", "请耐心等待"] { #expect(!text.contains(word), "\(key)") }
        }
    }

    @Test("raw values are lower-case words joined by hyphens")
    func rawValues() {
        for key in chinese.keys where key.hasPrefix("casework.") {
            #expect(
                key.utf8.allSatisfy { $0 == 45 || $0 == 46 || (48...57).contains($0) || (97...122).contains($0) },
                "\(key)")
        }
    }

    private func expectTexts<Kind: Code>(of _: Kind.Type) {
        expectTexts(Kind.allCases.map(\.key))
    }

    private func expectTexts(_ keys: [String]) {
        for key in keys {
            #expect(chinese[key]?.isEmpty == false, "\(key) in Chinese")
            #expect(english[key]?.isEmpty == false, "\(key) in English")
        }
    }
}
