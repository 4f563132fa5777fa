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
    private let bytesPerSecond: Int
    private var received = 0
    private var began = NIODeadline.uptimeNanoseconds(0)
    private var isUnderWay = false
    private var deadline: Scheduled<Void>?

    /// - Parameters:
    ///   - time: from a request's head to its last byte.
    ///   - bytesPerSecond: what a request that takes longer must have brought on average.
    init(maximumBodyBytes: Int, time: TimeAmount, bytesPerSecond: Int) {
        self.maximumBodyBytes = maximumBodyBytes
        self.time = time
        self.bytesPerSecond = bytesPerSecond
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
            began = context.eventLoop.now
            look(context, in: time)
        }
        context.fireChannelReadComplete()
    }

    /// Closes the connection after this time, unless the request comes in at a good pace: then it looks again.
    private func look(_ context: ChannelHandlerContext, in time: TimeAmount) {
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [self] in
            let seconds = Int((context.eventLoop.now - began).nanoseconds / 1_000_000_000)
            guard received >= seconds * bytesPerSecond, seconds > 0 else {
                context.close(promise: nil)
                return
            }
            look(context, in: .seconds(5))
        }
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
