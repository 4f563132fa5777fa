import Foundation
import Glibc

/// The outcome of a program that a test has run.
public struct ChildProcess: Sendable {
    public let status: Int32
    public let output: String

    /// Runs a program to its end, found by `PATH` unless its name holds a slash. What it prints is the output; what
    /// it complains of goes where the test's own errors go.
    ///
    /// Foundation's `Process` will not do: it waits for a socket to close that every grandchild inherits, and a server
    /// that the program starts would be waited for as well.
    public static func run(_ program: String, _ arguments: [String]) async throws -> ChildProcess {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try runBlocking(program, arguments) })
            }
        }
    }

    private static func runBlocking(_ program: String, _ arguments: [String]) throws -> ChildProcess {
        let pipe = Pipe()
        for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
            _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, pipe.fileHandleForWriting.fileDescriptor, 1)
        let texts = ([program] + arguments).map { strdup($0) }
        defer { for text in texts { free(text) } }
        var id: pid_t = 0
        let code = posix_spawnp(&id, program, &actions, nil, texts + [nil], environ)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .ENOENT) }
        try pipe.fileHandleForWriting.close()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        let exit = status & 0x7F == 0 ? status >> 8 & 0xFF : -1
        return ChildProcess(status: exit, output: String(decoding: output, as: UTF8.self))
    }
}

/// Where the package lies and what it has built.
public enum PackagePlaces {
    /// The folder of Package.swift.
    public static var root: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
    }

    /// The path of an executable that was built together with the tests.
    public static func product(_ name: String) -> String {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent(name).path
    }
}
