public import Domain

/// What became of one thing of several that a verb was asked of.
public struct BulkItem<Subject: Sendable>: Sendable {
    public let id: Subject
    /// Why not; empty when it was done.
    public let violations: [RuleViolation]
    public var isDone: Bool { violations.isEmpty }
}

extension Casework {
    /// The most things that one request may name.
    public static let bulkLimit = 100

    /// Does the same to each, in a transaction of its own: what the rules refuse for one leaves the others alone.
    ///
    /// A failure of the storage ends the whole; sent again under the same key, what was done is not done twice.
    func each<Subject: Sendable>(
        _ ids: [Subject], _ verb: (Subject) async throws -> Void
    ) async throws -> [BulkItem<Subject>] {
        var items: [BulkItem<Subject>] = []
        for id in ids {
            do {
                try await verb(id)
                items.append(BulkItem(id: id, violations: []))
            } catch let error as RuleViolations {
                items.append(BulkItem(id: id, violations: error.all))
            } catch let error as RuleViolation {
                items.append(BulkItem(id: id, violations: [error]))
            }
        }
        return items
    }
}
