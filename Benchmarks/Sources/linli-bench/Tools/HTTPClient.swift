import Foundation
import Glibc

/// One connection to a server on this machine that waits for each answer. For single questions beside the load;
/// the load itself comes from wrk.
final class HTTPClient {
    struct Answer {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        func json() throws -> [String: Any] {
            guard let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else {
                throw BenchError("not a JSON object: \(String(decoding: body.prefix(200), as: UTF8.self))")
            }
            return object
        }
    }

    private let socket: CInt
    private var buffer: [UInt8] = []

    /// - Throws: when nothing listens on the port.
    init(port: Int, timeoutSeconds: Int = 10) throws {
        socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if connected != 0 {
            close(socket)
            throw BenchError("nothing listens on port \(port)")
        }
    }

    deinit {
        close(socket)
    }

    func send(_ method: String, _ path: String, headers: [String: String] = [:], body: String = "") throws -> Answer {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if !body.isEmpty { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        text += "\r\n" + body
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw BenchError("the connection broke while sending") }
            bytes = bytes.dropFirst(count)
        }
        return try receive()
    }

    private func receive() throws -> Answer {
        var end: Int?
        while end == nil {
            try readMore()
            end = buffer.indices.dropLast(3).first {
                buffer[$0] == 13 && buffer[$0 + 1] == 10 && buffer[$0 + 2] == 13 && buffer[$0 + 3] == 10
            }
        }
        let head = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self).split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in head.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        let status = head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        let start = (end ?? 0) + 4
        while buffer.count < start + length { try readMore() }
        let body = Array(buffer[start..<start + length])
        buffer.removeFirst(start + length)
        return Answer(status: status, headers: headers, body: body)
    }

    private func readMore() throws {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = chunk.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw BenchError("the connection broke while receiving") }
        buffer.append(contentsOf: chunk[..<count])
    }
}

/// Why a measurement could not be made.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
