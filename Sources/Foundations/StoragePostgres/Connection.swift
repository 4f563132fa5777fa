import CLibpq
import Dispatch
import Glibc
import Logging
import Storage

/// One connection to the server, opened when needed and opened again after it was lost.
///
/// Everything but `queue` is used on `queue` only; that is what makes the class safe to share.
final class Connection: @unchecked Sendable {
    let queue: DispatchQueue
    private let settings: ConnectionSettings
    private(set) var handle: OpaquePointer?
    var prepared: PreparedStatements
    /// What the results that are still to come belong to.
    var expected: [Expected] = []
    var encoder = ParameterEncoder()

    init(settings: ConnectionSettings, number: Int) {
        // A serial queue that targets no shared one: its thread may block without taking one from anybody else.
        self.queue = DispatchQueue(label: "linli.postgres.\(number)")
        self.settings = settings
        self.prepared = PreparedStatements(limit: settings.preparedStatements)
    }

    deinit {
        PQfinish(handle)
    }

    /// Connects, unless there is a connection that is still alive.
    func prepareForUse() throws(StorageError) {
        if handle != nil, isAlive {
            try forgetOldStatements()
            return
        }
        disconnect()
        try connect()
    }

    func disconnect() {
        PQfinish(handle)
        handle = nil
        expected = []
        prepared = PreparedStatements(limit: settings.preparedStatements)
    }

    /// The server sends nothing unasked except its farewell: when there is something to read, the connection ends.
    private var isAlive: Bool {
        guard PQstatus(handle) == CONNECTION_OK, PQtransactionStatus(handle) == PQTRANS_IDLE else { return false }
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, 0) != 0 else { return true }
        return PQconsumeInput(handle) == 1 && PQstatus(handle) == CONNECTION_OK
    }

    private func connect() throws(StorageError) {
        let handle = settings.parameters.withCStrings { PQconnectdbParams($0, $1, 0) }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            let error = StorageError(.unavailable, connectionMessage(handle))
            disconnect()
            throw error
        }
        logNotices()
        do throws(StorageError) {
            try run(script: settings.greeting)
            if let schema = settings.schema { try run(script: "SET search_path = \(quoted(schema))") }
            guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
                throw StorageError(.unavailable, connectionMessage(handle))
            }
        } catch {
            disconnect()
            throw StorageError(.unavailable, error.message)
        }
    }

    /// Runs statements separated by semicolons, outside pipeline mode.
    func run(script: String) throws(StorageError) {
        let isPipelined = PQpipelineStatus(handle) != PQ_PIPELINE_OFF
        if isPipelined, PQexitPipelineMode(handle) != 1 { throw StorageError(.unavailable, connectionMessage(handle)) }
        let result = PQexec(handle, script)
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: break
        default: throw StorageError(result: result, handle: handle)
        }
        if isPipelined, PQenterPipelineMode(handle) != 1 { throw StorageError(.unavailable, connectionMessage(handle)) }
    }

    func quoted(_ identifier: String) -> String {
        "\"" + identifier.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// Sends the server's notices to the log: severity, code and primary message, which holds no values.
    private func logNotices() {
        let logger = Unmanaged.passUnretained(noticeLog).toOpaque()
        PQsetNoticeReceiver(
            handle,
            { context, result in
                guard let context else { return }
                let log = Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue()
                let severity = DiagnosticField.severity.text(of: result)
                log.logger.log(
                    level: severity == "WARNING" ? .warning : .debug, "PostgreSQL notice",
                    metadata: [
                        "code": "\(DiagnosticField.code.text(of: result) ?? "")",
                        "message": "\(DiagnosticField.message.text(of: result) ?? "")",
                    ])
            }, logger)
    }

    private lazy var noticeLog = NoticeLog(logger: settings.logger)
}

/// Carries the logger through libpq's C callback.
private final class NoticeLog {
    let logger: Logger
    init(logger: Logger) { self.logger = logger }
}

extension [(keyword: String, value: String)] {
    /// Calls `body` with two C arrays of C strings, each ended by a null pointer.
    fileprivate func withCStrings<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        let keywords = map { strdup($0.keyword) }
        let values = map { strdup($0.value) }
        defer { for text in keywords + values { free(text) } }
        return body(
            keywords.map { $0.map { UnsafePointer($0) } } + [nil], values.map { $0.map { UnsafePointer($0) } } + [nil])
    }
}
