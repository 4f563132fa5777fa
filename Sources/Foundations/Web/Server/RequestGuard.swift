import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request does not come in: too slowly, or larger than any endpoint would take.
///
/// An endpoint that refuses a body does not read the rest of it, but the server must before it can take the next
/// request; this handler is what ends that. Slow headers are the idle timeout's matter.
final class RequestGuard: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let maximumBodyBytes: Int
    private let time: TimeAmount
    private var received = 0
    private var isUnderWay = false
    private var deadline: Scheduled<Void>?

    /// - Parameter time: from a request's head to its last byte.
    init(maximumBodyBytes: Int, time: TimeAmount) {
        self.maximumBodyBytes = maximumBodyBytes
        self.time = time
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            received = 0
            isUnderWay = true
        case .body(let bytes):
            received += bytes.readableBytes
            guard received <= maximumBodyBytes else {
                cancel()
                context.close(promise: nil)
                return
            }
        case .end:
            cancel()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Most requests are whole by now and never need a timer.
        if isUnderWay, deadline == nil {
            deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
                context.close(promise: nil)
            }
        }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        cancel()
    }

    private func cancel() {
        isUnderWay = false
        deadline?.cancel()
        deadline = nil
    }
}
