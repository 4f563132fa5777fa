import Synchronization

/// Names something that a process keeps in memory for a while, such as the sessions it has just looked up.
///
/// Who changes it in the database says so with ``WriteTransaction/outdate(_:)``; who keeps it compares
/// ``Bells/changes(of:)`` from before it was read with the number now. Changes of other processes are not counted: what
/// is kept must also grow old by itself.
public struct ChangeMark: Hashable, Sendable {
    let name: String

    /// - Parameter name: the module's name first.
    public init(_ name: StaticString) {
        self.name = name.description
    }
}

/// How often each mark was outdated.
final class Changes: Sendable {
    private let counts = Mutex<[ChangeMark: UInt64]>([:])

    func count(of mark: ChangeMark) -> UInt64 {
        counts.withLock { $0[mark] ?? 0 }
    }

    func add(_ mark: ChangeMark) {
        counts.withLock { $0[mark, default: 0] += 1 }
    }
}

extension Bells {
    /// How many commits of this process have outdated what is kept under this mark.
    public func changes(of mark: ChangeMark) -> UInt64 {
        changes.count(of: mark)
    }
}

extension WriteTransaction {
    /// Says that this transaction changes what is kept in memory under a mark. It counts before anybody is told that the
    /// transaction has been committed.
    public func outdate(_ mark: ChangeMark) {
        afterCommit { [changes = bells.changes] in changes.add(mark) }
    }
}
