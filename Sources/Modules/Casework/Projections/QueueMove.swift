import Domain
import Foundation

/// Which lists something left and which it joined; travels in the event, so that counters need no look-up.
struct QueueMove: Codable, Hashable, Sendable {
    struct Place: Codable, Hashable, Sendable, Comparable {
        let scope: UUIDValue
        let queue: Queue

        static func < (left: Place, right: Place) -> Bool {
            (left.scope, left.queue.rawValue) < (right.scope, right.queue.rawValue)
        }
    }

    let left: [Place]
    let joined: [Place]

    /// Lists that wait for nobody are not counted.
    init(from old: Set<Place>, to new: Set<Place>) {
        self.left = old.subtracting(new).filter { $0.queue != .none }.sorted()
        self.joined = new.subtracting(old).filter { $0.queue != .none }.sorted()
    }

    init(payload: String) throws {
        self = try JSONDecoder().decode(QueueMove.self, from: Data(payload.utf8))
    }

    /// A JSON object. Put together by hand because identifiers and codes need no escaping and intake is hot.
    var payload: String {
        func list(_ places: [Place]) -> String {
            places.map { "{\"scope\":\"\($0.scope)\",\"queue\":\"\($0.queue.rawValue)\"}" }.joined(separator: ",")
        }
        return "{\"left\":[\(list(left))],\"joined\":[\(list(joined))]}"
    }
}

extension Set<CasePlace> {
    /// What the counters count.
    var countedPlaces: Set<QueueMove.Place> {
        Set<QueueMove.Place>(filter(\.isOpen).map { QueueMove.Place(scope: $0.scope.id, queue: $0.queue) })
    }
}
