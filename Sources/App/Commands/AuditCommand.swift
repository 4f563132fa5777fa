import ArgumentParser
import Domain
import Foundation
import Identity
import Logging
import Storage
import Web

/// The audit trail: who did what, sealed so that nobody can change it unseen.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Prove the audit trail, or print its head to keep elsewhere.",
        subcommands: [VerifyAuditCommand.self, AuditHeadCommand.self])
}

/// Proves the chain. Ends with 0 when all is well, with 1 when something is broken.
struct VerifyAuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Prove the audit chain and compare it with the business tables.",
        discussion: """
            Reads everything and changes nothing; may run beside linli serve. Says the first broken place of each part
            and ends with status 1 when there is one. With a head that was kept elsewhere it also finds a chain that
            was cut off or made anew by somebody with the keys.
            """)

    @Option(help: "A file that linli audit head has printed earlier.")
    var head: String?

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let kept = try head.map { file in
            do {
                return try HeadFile(reading: Data(contentsOf: URL(filePath: file))).head()
            } catch {
                throw ValidationError("\(file) is not what linli audit head prints.")
            }
        }
        let deployment = try await Deployment.open(
            try await options.settings(), logger: makeLogger("linli", level: .warning))
        let isTerminal = isatty(STDERR_FILENO) == 1
        let outcome = try await deployment.verifyAudit(kept: kept) { number in
            if isTerminal { FileHandle.standardError.write(Data("\r\(number) seals hold".utf8)) }
        }
        await deployment.database.close()
        if isTerminal { FileHandle.standardError.write(Data("\r".utf8)) }
        for line in Self.lines(outcome, deployment.site.catalogue) { print(line) }
        if !outcome.isSound { throw ExitCode(1) }
    }

    /// What is printed.
    static func lines(_ outcome: VerifyAudit.Outcome, _ texts: Catalogue) -> [String] {
        let counts =
            "\(outcome.seals) seals hold, \(outcome.entries) audit entries compared, \(outcome.pairs) of them with their steps, \(outcome.waiting) rows wait to be sealed."
        guard !outcome.isSound else {
            return [
                counts, outcome.head.map { "Sound up to head \($0.number), \($0.link)." } ?? "Nothing is sealed yet.",
            ]
        }
        return [counts] + outcome.broken.map { "BROKEN: \(texts.text($0, in: .english))" }
    }
}

/// Prints the head as JSON: to be kept where nobody who can write the database can write too.
struct AuditHeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "head", abstract: "Print the signed head of the audit chain, to keep elsewhere.")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let deployment = try await Deployment.open(
            try await options.settings(), logger: makeLogger("linli", level: .warning))
        let head = try await deployment.database.read { tx in try SealStore.head(in: tx) }
        await deployment.database.close()
        guard let head else { throw ValidationError("Nothing is sealed yet: run linli serve first.") }
        let keys = try deployment.headSigner().publicKeys
        guard head.isSigned(by: keys) else {
            throw ValidationError("The head has no valid signature. Run: linli audit verify")
        }
        print(
            String(decoding: try HeadFile(head, publicKeys: keys, zone: deployment.world.zone).encoded(), as: UTF8.self)
        )
    }
}

/// A head as it is kept outside.
struct HeadFile: Codable {
    let number: Int64
    /// Hexadecimal.
    let link: String
    /// Milliseconds since 1970: part of what is signed.
    let at: Int64
    /// The same for people.
    let time: String
    let key: Int64
    let signature: Data
    /// Whoever holds it can check the signature without the deployment.
    let publicKey: Data

    struct Malformed: Error {}

    init(_ head: AuditHead, publicKeys: [UInt32: [UInt8]], zone: ZoneOffset) throws {
        guard let key = UInt32(exactly: head.keyID), let bytes = publicKeys[key] else { throw Malformed() }
        number = head.number
        link = head.link.description
        at = head.at.milliseconds
        time = head.at.iso8601(at: zone)
        self.key = head.keyID
        signature = Data(head.signature)
        publicKey = Data(bytes)
    }

    init(reading data: Data) throws {
        self = try JSONDecoder().decode(HeadFile.self, from: data)
    }

    func head() throws -> AuditHead {
        guard let link = ChainLink(link) else { throw Malformed() }
        return AuditHead(
            number: number, link: link, at: Instant(milliseconds: at), keyID: key, signature: Array(signature))
    }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
