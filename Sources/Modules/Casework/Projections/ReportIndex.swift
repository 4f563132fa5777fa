import Domain
import Storage

/// The search index over the redacted words of reports, filled from the outbox.
enum ReportIndex {
    static let index = FullTextIndex(table: "report_text")
    private static let supplement = "casework.report.supplement.v1"

    /// A report's words never change; its sender may add some.
    static let subscription = Subscription(
        name: "casework.report-index", topics: ["casework.report.submit.v1", supplement]
    ) { events, tx in
        let reports = events.map { ReportID($0.subject) }
        let words = try ReportStore.words(of: reports, tx)
        var added: [ReportID: [String]] = [:]
        if events.contains(where: { $0.topic == supplement }) {
            for entry in try SupplementStore.all(of: reports, tx) {
                added[entry.report, default: []].append(entry.text)
            }
        }
        try index.put(
            words.map { entry in
                let text = ([entry.text] + (added[entry.id] ?? [])).joined(separator: "\n")
                return .init(id: entry.id.uuid, title: entry.title, text: text)
            }, in: tx)
    }
}

/// The numbers on the tabs, kept from the moves that events carry.
enum QueueCounters {
    static let subscription = Subscription(name: "casework.queue-counters", topics: History.topics) { events, tx in
        var changes: [QueueMove.Place: Int] = [:]
        for event in events {
            let move = try QueueMove(payload: event.payload)
            for place in move.left { changes[place, default: 0] -= 1 }
            for place in move.joined { changes[place, default: 0] += 1 }
        }
        try QueueStore.count(changes, tx)
    }
}
