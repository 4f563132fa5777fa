import Areas
import Hummingbird
import Identity
import Logging
import ServiceLifecycle
import Storage
import UnixSignals
import Web

extension Deployment {
    /// Serves until SIGTERM or SIGINT: HTTP, relay, jobs, the sealer of the audit trail and the
    /// refreshing of the area tree in one process.
    /// - Parameter ready: called once the port is open.
    func serve(ready: @escaping @Sendable () -> Void = {}) async throws {
        let limits = ServerSettings()
        let sealer = try makeSealer()
        let application = Application(
            router: router(), server: limits.server,
            configuration: limits.configuration(host: settings.host, port: settings.port),
            onServerRunning: { _ in ready() }, logger: logger)
        let background: [any Service] = [
            Background("relay") { [relay] in await relay.run() },
            Background("jobs") { [jobs] in await jobs.run() },
            Background("sealer") { await sealer.run() },
            Background("areas") { [areas, database, logger] in await areas.keepFresh(from: database, logger: logger) },
        ]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: (background + [application]).map {
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        do {
            try await group.run()
        } catch {
            await database.close()
            throw error
        }
        do {
            // Nothing that was written before the end waits for the next start.
            try await sealer.sealEverything()
        } catch {
            logger.error("the audit trail could not be sealed at the end", metadata: ["error": "\(error)"])
        }
        await database.close()
    }
}

/// A loop that ends when the process is asked to end.
private struct Background: Service, CustomStringConvertible {
    let name: String
    let body: @Sendable () async -> Void

    init(_ name: String, _ body: @escaping @Sendable () async -> Void) {
        self.name = name
        self.body = body
    }

    var description: String { name }

    func run() async throws {
        await cancelWhenGracefulShutdown(body)
    }
}
