import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import NIOPosix
import Testing

@testable import Web

@Suite("A request that does not come in")
struct RequestGuardTests {
    private let head = HTTPRequestPart.head(
        HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/"))

    private func channel(maximumBodyBytes: Int = 10) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(
            handler: RequestGuard(maximumBodyBytes: maximumBodyBytes, time: .seconds(60), bytesPerSecond: 100))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/test")).wait()
        return channel
    }

    @Test("is cut off when it is larger than any endpoint takes; the next one counts anew")
    func size() throws {
        let channel = try channel()
        for _ in 0..<3 {
            try channel.writeInbound(head)
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "0123456789")))
            try channel.writeInbound(HTTPRequestPart.end(nil))
        }
        #expect(channel.isActive)
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "0123456789")))
        #expect(channel.isActive)
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
        #expect(!channel.isActive)
    }

    @Test("is cut off when it takes too long, however often something of it comes")
    func time() throws {
        let channel = try channel(maximumBodyBytes: 1000)
        try channel.writeInbound(head)
        for _ in 0..<5 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(11))
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "x")))
            #expect(channel.isActive)
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(6))
        #expect(!channel.isActive)
    }

    @Test("a large one may take longer, as long as it comes at a good pace")
    func pace() throws {
        let channel = try channel(maximumBodyBytes: 1_000_000)
        try channel.writeInbound(head)
        for _ in 0..<12 {
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: String(repeating: "x", count: 2000))))
            channel.embeddedEventLoop.advanceTime(by: .seconds(10))
            #expect(channel.isActive)
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(200))
        #expect(!channel.isActive)
    }

    @Test("one that came in whole may be answered as slowly as it takes")
    func answered() throws {
        let channel = try channel()
        try channel.writeInbound(head)
        channel.embeddedEventLoop.advanceTime(by: .seconds(59))
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .seconds(600))
        #expect(channel.isActive)
    }
}

@Suite("The server's limits, over a real connection", .timeLimit(.minutes(5)))
struct ServerSettingsTests {
    /// What a connection gets back when it sends this and then nothing more.
    private func send(_ text: String, _ settings: ServerSettings) async throws -> String {
        let site = try TestSite()
        let application = Application(
            responder: site.responder, server: settings.server,
            configuration: settings.configuration(host: "127.0.0.1", port: 0))
        return try await application.test(.live) { client in
            let port = try #require(client.port)
            return try await Connection.exchange(port: port, text)
        }
    }

    @Test("a page comes back, and the idle connection is closed")
    func page() async throws {
        var settings = ServerSettings()
        settings.idleSeconds = 1
        let answer = try await send("GET /things/a HTTP/1.1\r\nHost: localhost\r\n\r\n", settings)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.lowercased().contains("content-security-policy: default-src 'self'"))
        let head = try await send("HEAD /things/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", settings)
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n") && head.hasSuffix("\r\n\r\n"))
    }

    @Test("headers and bodies that stop half-way are closed without an answer or with 400")
    func slow() async throws {
        var settings = ServerSettings()
        settings.idleSeconds = 1
        #expect(try await send("GET /things/a HTTP/1.1\r\nHost: loc", settings) == "")
        let half =
            "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nwords=ab"
        let answer = try await send(half, settings)
        #expect(answer == "" || answer.hasPrefix("HTTP/1.1 400"))
    }

    @Test("headers that are too large are refused")
    func headers() async throws {
        let long = String(repeating: "a", count: 40_000)
        let answer = try await send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: \(long)\r\n\r\n", ServerSettings())
        #expect(answer == "" || answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.1 431"))
    }

    @Test("a chunked body without an end is answered 413, and cut off")
    func chunked() async throws {
        var settings = ServerSettings()
        settings.maximumBodyBytes = 20_000
        let chunk = "2000\r\n" + String(repeating: "a", count: 0x2000) + "\r\n"
        let request = """
            POST /form HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\
            Content-Type: application/x-www-form-urlencoded\r\n\r\n\(chunk)\(chunk)\(chunk)\(chunk)
            """
        let answer = try await send(request, settings)
        #expect(answer == "" || answer.hasPrefix("HTTP/1.1 413"))
    }
}

/// A bare connection, to say what no HTTP client says.
private enum Connection {
    /// Sends all of it and reads until the server closes.
    static func exchange(port: Int, _ text: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var answer = ""
            do {
                try await outbound.write(ByteBuffer(string: text))
                for try await bytes in inbound { answer += String(buffer: bytes) }
            } catch is IOError {
                // The server may close before it has read everything.
            } catch is ChannelError {
            }
            return answer
        }
    }
}
