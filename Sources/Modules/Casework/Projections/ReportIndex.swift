import Domain
import Storage

/// The search index over the redacted words of reports, filled from the outbox.
enum ReportIndex {
    static let index = FullTextIndex(table: "report_text")

    /// A report's words never change, so that only its coming in is of interest.
    static let subscription = Subscription(
        name: "casework.report-index", topics: ["casework.report.submit.v1"]
    ) { events, tx in
        let words = try ReportStore.words(of: events.map { ReportID($0.subject) }, tx)
        try index.put(words.map { .init(id: $0.id.uuid, title: $0.title, text: $0.text) }, in: tx)
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
