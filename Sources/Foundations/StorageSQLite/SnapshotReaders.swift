import Dispatch
import GRDB
import Storage
import Synchronization

/// A fixed number of connections for reading, and the reads that wait for one, in order of arrival.
///
/// GRDB's own pool changes the thread twice and looks at the schema for each read, which costs more than looking a
/// session up, as every request does.
final class SnapshotReaders: Sendable {
    typealias Read = @Sendable (SQLiteSession) -> Void

    private struct State {
        var idle: [DatabaseQueue]
        var waiting: [Read] = []
        var isClosed = false
        var closing: [CheckedContinuation<Void, Never>] = []
    }

    private let connections: [DatabaseQueue]
    private let state: Mutex<State>

    /// - Parameter configuration: of the writer, which has opened the file before.
    init(path: String, count: Int, configuration: Configuration) throws {
        var configuration = configuration
        configuration.readonly = true
        connections = try (0..<max(1, count)).map { _ in try DatabaseQueue(path: path, configuration: configuration) }
        state = Mutex(State(idle: connections.reversed()))
    }

    /// Calls `read` outside a transaction, on the queue of a connection.
    /// - Throws: after `close`.
    func submit(_ read: @escaping Read) throws(StorageError) {
        let (isClosed, connection) = state.withLock { state -> (Bool, DatabaseQueue?) in
            if state.isClosed { return (true, nil) }
            // The one used last comes first: its statements are prepared and its pages are in memory.
            if let connection = state.idle.popLast() { return (false, connection) }
            state.waiting.append(read)
            return (false, nil)
        }
        if isClosed { throw StorageError(.unavailable, "the database has been closed") }
        connection?.asyncWriteWithoutTransaction { [self] db in work(read, on: db, of: connection) }
    }

    private func work(_ first: @escaping Read, on db: GRDB.Database, of connection: DatabaseQueue?) {
        let session = SQLiteSession(db)
        var next: Read? = first
        while let read = next {
            read(session)
            next = state.withLock { state in
                if !state.waiting.isEmpty { return state.waiting.removeFirst() }
                if let connection { state.idle.append(connection) }
                return nil
            }
        }
        let closing = state.withLock { state in
            guard state.isClosed, state.idle.count == connections.count else {
                return [] as [CheckedContinuation<Void, Never>]
            }
            defer { state.closing = [] }
            return state.closing
        }
        for continuation in closing { continuation.resume() }
    }

    /// Refuses new reads, waits for those that were submitted, and closes the connections.
    func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isClosed = true
                if state.idle.count == connections.count { return true }
                state.closing.append(continuation)
                return false
            }
            if isIdle { continuation.resume() }
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [connections] in
                // Fails only while statements run, and all have ended.
                for connection in connections { try? connection.close() }
                continuation.resume()
            }
        }
    }
}
