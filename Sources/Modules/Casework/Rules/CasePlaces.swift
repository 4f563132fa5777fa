public import Domain

/// Where a case stands in the lists of one scope. Derived from the case and its tasks, never set by hand.
public struct CasePlace: Hashable, Sendable {
    public let scope: Scope
    public let isOpen: Bool
    /// The sort key of the list: the deadline, or the end of time.
    public let due: Instant
    public let queue: Queue
}

extension Case {
    /// Sorts cases without a deadline last: the last millisecond of the year 9999.
    static let noDeadline = Instant(milliseconds: 253_402_300_799_999)

    /// All places that the case and its tasks take in lists.
    ///
    /// Area scopes hold the queue of the centre; an organisation's scope holds the queue of its own desk.
    /// - Parameter areaScopes: the case's area and all areas above it.
    public func places(tasks: [CaseTask], areaScopes: Set<Scope>) -> Set<CasePlace> {
        let phase = phase(with: tasks)
        let isOpen = !state.isOver
        var places = Set(
            areaScopes.map {
                CasePlace(scope: $0, isOpen: isOpen, due: dueAt ?? Case.noDeadline, queue: phase.queue)
            })
        // An organisation has one live task at most; the one further down the list wins nothing by order.
        for task in tasks where task.state.isLive {
            places.insert(
                CasePlace(
                    scope: .organisation(task.organisation), isOpen: isOpen,
                    due: task.dueAt ?? dueAt ?? Case.noDeadline, queue: isOpen ? task.state.deskQueue : .none))
        }
        return places
    }

    /// All scopes that the case belongs to: what rights are asked against.
    public func scopes(tasks: [CaseTask], areaScopes: Set<Scope>) -> Set<Scope> {
        areaScopes.union(tasks.filter(\.state.isLive).map { .organisation($0.organisation) })
    }
}

extension CaseState {
    /// Whether nothing waits for anybody any more.
    public var isOver: Bool {
        switch self {
        case .toVerify, .toFile, .open, .toCallBack: false
        case .notFiled, .closed, .archived, .void: true
        }
    }
}
