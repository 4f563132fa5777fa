public import Hummingbird
import Logging
public import NIOCore

/// Hummingbird's context with the client's address.
public struct LinliContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    public let remoteAddress: SocketAddress?

    public init(source: ApplicationRequestContextSource) {
        self.coreContext = .init(source: source)
        self.remoteAddress = source.channel.remoteAddress
    }

    /// Names the request in logs and on error pages: short enough to be read out.
    public var requestID: String { String(id.suffix(8)) }
}
