import Foundation
import Synchronization

/// Sends a report now and then beside the load and keeps the code of each that was acknowledged: what must be found
/// after the process was killed.
final class Sampler: Sendable {
    private struct State {
        var codes: [String] = []
        var refused = 0
        var isStopped = false
    }

    private let state = Mutex(State())

    /// - Parameter run: makes the idempotency keys unique.
    init(port: Int, token: String, area: String, run: String) {
        Thread.detachNewThread { [self] in
            var texts = ReportTexts(seed: 7)
            var number = 0
            var client: HTTPClient?
            while !state.withLock({ $0.isStopped }) {
                usleep(40_000)
                number += 1
                let body = IntakeFiles.body(texts.next(), place: texts.place(), phone: texts.phone(), area: area)
                do {
                    let connection = try client ?? HTTPClient(port: port)
                    client = connection
                    let answer = try connection.send(
                        "POST", "/api/v1/reports",
                        headers: ["Authorization": "Bearer \(token)", "Idempotency-Key": "sample-\(run)-\(number)"],
                        body: body)
                    let code = answer.status == 201 ? try answer.json()["trackingCode"] as? String : nil
                    state.withLock { state in
                        if let code { state.codes.append(code) } else { state.refused += 1 }
                    }
                } catch {
                    // The server is being killed; what was not acknowledged need not be found.
                    client = nil
                }
            }
        }
    }

    /// - Returns: the codes of all acknowledged reports, and the number of those refused.
    func stop() -> (codes: [String], refused: Int) {
        state.withLock { state in
            state.isStopped = true
            return (state.codes, state.refused)
        }
    }
}
