public import Hummingbird
public import HummingbirdCore
import Logging
import NIOCore

/// How the HTTP server treats connections; the defaults fit a street's server behind or without a proxy.
///
/// ```swift
/// let settings = ServerSettings()
/// Application(router: router, server: settings.server, configuration: settings.configuration(host: "127.0.0.1", port: 8080))
/// ```
public struct ServerSettings: Sendable {
    /// A connection that sends nothing for so many seconds is closed, also in the middle of its headers.
    public var idleSeconds = 30
    /// Seconds from a request's head to its last byte; longer as long as it brings `uploadBytesPerSecond`.
    public var requestSeconds = 60
    /// What a phone in a stairwell manages; slower ones are cut off after `requestSeconds`.
    public var uploadBytesPerSecond = 16 * 1024
    /// More than any endpoint takes, so that a photo that is too large is answered with words; a request that goes on
    /// beyond it is cut off.
    public var maximumBodyBytes = 96 * 1024 * 1024
    /// Headers of a request together; a single one may have a quarter of it.
    public var maximumHeaderBytes = 32 * 1024
    /// Further connections wait until one is closed. The default fits into the usual limit of 1,024 open files.
    public var maximumConnections = 900

    public init() {}

    public var server: HTTPServerBuilder {
        let maximumBodyBytes = maximumBodyBytes
        let requestTime = TimeAmount.seconds(Int64(requestSeconds))
        let pace = uploadBytesPerSecond
        return .http1(
            configuration: .init(
                additionalChannelHandlers: [
                    RequestGuard(maximumBodyBytes: maximumBodyBytes, time: requestTime, bytesPerSecond: pace)
                ],
                idleTimeout: .seconds(Int64(idleSeconds)),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: maximumHeaderBytes / 4, maxHeaderListSize: maximumHeaderBytes,
                    maxHeaderFieldCount: 100)))
    }

    public func configuration(host: String, port: Int) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: .hostname(host, port: port), backlog: 1024,
            availableConnectionsDelegate: MaximumAvailableConnections(maximumConnections))
    }
}
