import Domain
import Foundation
import Testing

/// Real messages of citizens, which are not part of the project: see `SharedData`.
@Suite("Redaction of real messages")
struct RedactionOfRealMessagesTests {
    private struct Message: Decodable {
        let id: String
        let title: String
        let text: String
    }

    private let messages: [Message]

    init() throws {
        messages = try SharedData.lines(of: "complaints_495.jsonl").map { line in
            try JSONDecoder().decode(Message.self, from: Data(line.utf8))
        }
    }

    @Test("what people complain about stays findable", arguments: ["电梯", "噪音", "垃圾", "物业", "医院"])
    func wordsStay(word: String) {
        #expect(messages.count == 495)
        for message in messages {
            let before = message.text.components(separatedBy: word).count
            #expect(Redaction(of: message.text).text.components(separatedBy: word).count == before, "id \(message.id)")
        }
    }

    @Test("few messages change, and titles hardly ever")
    func howMany() {
        var kinds: [Redaction.Kind: Int] = [:]
        var changed = 0
        var titles = 0
        for message in messages {
            let redaction = Redaction(of: message.text)
            changed += redaction.text != message.text ? 1 : 0
            titles += Redaction(of: message.title).text != message.title ? 1 : 0
            for kind in redaction.kinds { kinds[kind, default: 0] += 1 }
        }
        let told = kinds.sorted { $0.value > $1.value }.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
        print("redaction changes \(changed) of \(messages.count) messages and \(titles) titles: \(told)")
        #expect(changed < 50)
        #expect(titles < 5)
    }
}
