public import Logging
public import Storage
import Synchronization

/// The area tree in memory. Reading it costs no statement; every node notices changes by the revision number.
public final class AreaDirectory: Sendable {
    private let snapshot: Mutex<AreaTree>

    public init(_ tree: AreaTree = .empty) {
        self.snapshot = Mutex(tree)
    }

    /// The tree as it was read last.
    public var tree: AreaTree { snapshot.withLock { $0 } }

    /// Reads the whole tree, if there is a newer one.
    public func refresh(from database: any Database) async throws {
        let known = tree.revision
        let newer = try await database.read { tx -> AreaTree? in
            let revision = try AreaStore.revision(in: tx)
            return revision == known ? nil : AreaTree(try AreaStore.all(in: tx), revision: revision)
        }
        guard let newer else { return }
        // Two refreshes may overlap; the newer tree stays.
        snapshot.withLock { if newer.revision > $0.revision { $0 = newer } }
    }

    /// Refreshes until the task is cancelled. A failed reading is logged and tried again; the old tree serves on.
    public func keepFresh(from database: any Database, every interval: Duration = .seconds(5), logger: Logger) async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: interval)
                try await refresh(from: database)
            } catch is CancellationError {
                return
            } catch {
                logger.warning("the area tree could not be refreshed", metadata: ["error": "\(error)"])
            }
        }
    }
}
