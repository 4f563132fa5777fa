import Dispatch
import Storage
import Synchronization

/// A fixed number of connections and the work that waits for one, in order of arrival.
final class ConnectionPool: Sendable {
    typealias Job = @Sendable (Result<Connection, StorageError>) -> Void

    private struct State {
        var idle: [Connection]
        var waiting: [Job] = []
        var isClosed = false
        var closing: [CheckedContinuation<Void, Never>] = []
    }

    private let connections: [Connection]
    private let state: Mutex<State>

    init(settings: ConnectionSettings, count: Int) {
        connections = (1...count).map { Connection(settings: settings, number: $0) }
        state = Mutex(State(idle: connections.reversed()))
    }

    /// Runs the job on the queue of a connection that is alive, or gives it the error of connecting.
    func submit(_ job: @escaping Job) {
        enum Turn {
            case now(Connection)
            case later, never
        }
        let turn = state.withLock { state -> Turn in
            if state.isClosed { return .never }
            // The one used last comes first: its statements are prepared, and the others may stay unopened.
            if let connection = state.idle.popLast() { return .now(connection) }
            state.waiting.append(job)
            return .later
        }
        switch turn {
        case .now(let connection): connection.queue.async { [self] in work(job, on: connection) }
        case .later: break
        case .never: job(.failure(StorageError(.unavailable, "the database has been closed")))
        }
    }

    private func work(_ first: @escaping Job, on connection: Connection) {
        var next: Job? = first
        while let job = next {
            do throws(StorageError) {
                try connection.prepareForUse()
                job(.success(connection))
            } catch {
                job(.failure(error))
            }
            next = state.withLock { state in
                if !state.waiting.isEmpty { return state.waiting.removeFirst() }
                state.idle.append(connection)
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

    /// Refuses new work, waits for what was submitted, and closes the connections.
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
        for connection in connections {
            await withCheckedContinuation { continuation in
                connection.queue.async {
                    connection.disconnect()
                    continuation.resume()
                }
            }
        }
    }
}
