import Casework
import Foundation
import Testing

@Suite("StateMachineDocument")
struct StateMachineDocumentTests {
    private let page = URL(filePath: #filePath).appending(path: "../../../docs/state-machines.md").standardizedFileURL

    @Test("docs/state-machines.md says what the machines do")
    func upToDate() throws {
        let printed = stateMachinesMarkdown()
        if ProcessInfo.processInfo.environment["LINLI_WRITE_DOCS"] != nil {
            try Data(printed.utf8).write(to: page)
        }
        let kept = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        #expect(
            kept == printed,
            "docs/state-machines.md is old. Print it again: LINLI_WRITE_DOCS=1 swift test --filter StateMachineDocument"
        )
    }
}
