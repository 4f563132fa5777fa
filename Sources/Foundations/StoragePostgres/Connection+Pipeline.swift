import CLibpq
import Glibc
import Storage

/// What the next result from the server belongs to.
enum Expected {
    case preparation(PreparedStatements.Key)
    case outcome
}

/// The first thing that went wrong in a round trip.
struct PipelineFailure: Error {
    let error: StorageError
    /// The server has said so; otherwise the connection broke, and nobody knows what the server did.
    let isFromServer: Bool
    /// It belongs to the last statement sent; otherwise that one was not run.
    let isLast: Bool
}

extension Connection {
    /// Hands a statement to libpq, to be sent now or later; its result comes with the next `roundTrip`.
    func send(_ statement: Statement) throws(StorageError) {
        try encoder.encode(statement.values)
        let key = PreparedStatements.Key(text: statement.text, types: encoder.types)
        let name: String
        switch prepared.find(key) {
        case .known(let known):
            name = known
        case .new(let new):
            name = new
            try check(PQsendPrepare(handle, name, statement.text, CInt(key.types.count), key.types))
            expected.append(.preparation(key))
        }
        let sent = encoder.withParameters { values, lengths, formats in
            PQsendQueryPrepared(handle, name, CInt(key.types.count), values, lengths, formats, 1)
        }
        try check(sent)
        expected.append(.outcome)
    }

    /// Sends what is waiting, reads all results, and makes a value of the last one.
    func roundTrip<Value>(
        _ value: (OpaquePointer) throws(StorageError) -> Value
    ) throws(PipelineFailure) -> Value? {
        defer { expected = [] }
        guard PQpipelineSync(handle) == 1, flushed() else { throw lost() }
        var last: Value?
        var failure: PipelineFailure?
        for (index, expected) in expected.enumerated() {
            guard let result = PQgetResult(handle) else { throw lost() }
            defer { PQclear(result) }
            let isLast = index == self.expected.count - 1
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                if isLast {
                    do throws(StorageError) {
                        last = try value(result)
                    } catch {
                        failure = PipelineFailure(error: error, isFromServer: true, isLast: true)
                    }
                }
            case PGRES_PIPELINE_ABORTED:
                if case .preparation(let key) = expected { prepared.forget(key) }
            default:
                if case .preparation(let key) = expected { prepared.forget(key) }
                let isFromServer = DiagnosticField.code.text(of: result) != nil
                if failure == nil {
                    failure = PipelineFailure(
                        error: StorageError(result: result, handle: handle), isFromServer: isFromServer, isLast: isLast)
                }
                if !isFromServer || PQstatus(handle) != CONNECTION_OK { throw failure ?? lost() }
            }
            // A null pointer stands behind the results of each statement.
            while let further = PQgetResult(handle) { PQclear(further) }
        }
        let end = PQgetResult(handle)
        defer { PQclear(end) }
        if let failure { throw failure }
        guard PQresultStatus(end) == PGRES_PIPELINE_SYNC else { throw lost() }
        return last
    }

    private func check(_ sent: CInt) throws(StorageError) {
        if sent != 1 { throw StorageError(.unavailable, connectionMessage(handle)) }
    }

    /// Writes out everything, reading meanwhile, so that neither side waits for the other with full buffers.
    private func flushed() -> Bool {
        while true {
            switch PQflush(handle) {
            case 0: return true
            case 1:
                var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN | POLLOUT), revents: 0)
                if poll(&descriptor, 1, -1) < 0, errno != EINTR { return false }
                if descriptor.revents & Int16(POLLIN) != 0, PQconsumeInput(handle) != 1 { return false }
            default: return false
            }
        }
    }

    private func lost() -> PipelineFailure {
        PipelineFailure(
            error: StorageError(.unavailable, "connection lost: \(connectionMessage(handle))"), isFromServer: false,
            isLast: false)
    }

    /// Tells the server to drop the statements that were pushed out of the cache. Outside a transaction: nothing may
    /// stand before BEGIN in a pipeline.
    func forgetOldStatements() throws(StorageError) {
        let names = prepared.takeStale()
        if names.isEmpty { return }
        for name in names {
            try check(PQsendQueryParams(handle, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 1))
            expected.append(.outcome)
        }
        do {
            _ = try roundTrip { _ in }
        } catch {
            disconnect()
            throw error.error
        }
    }
}
