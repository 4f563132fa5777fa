public import Domain
import Foundation
import Storage
public import Vault

/// Makes sure that something sent twice acts once: a double click, a retry after a lost answer.
public struct Once: Sendable {
    let key: IdempotencyKey

    /// Keys of people without an account share one sender; the fingerprint keeps them apart.
    private static let anonymous = UUIDValue(high: 0, low: 0)

    /// - Parameters:
    ///   - key: what the client sent; `nil` gives `nil`.
    ///   - input: a text that is the same when, and only when, the request is the same.
    public init?(key: String?, actor: Actor, deed: String, input: String, keys: KeyRing) {
        guard let key else { return nil }
        self.key = IdempotencyKey(
            sender: actor.account?.uuid ?? Self.anonymous, digest: keys.index(of: key, kind: "idempotency-key").bytes,
            fingerprint: keys.index(of: deed + "\u{1F}" + input, kind: "idempotency").bytes)
    }
}

extension Casework {
    /// Runs a verb in one write transaction; under a key that was seen before it only repeats the earlier result.
    /// - Parameters:
    ///   - known: the result, where it is known before the work is done: saves a statement.
    ///   - body: gives the result to remember: identifiers and codes, no words of a person.
    func deed<Result: Codable & Sendable>(
        _ once: Once?, known: Result? = nil, _ isolation: Isolation = .locking,
        _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Result {
        guard let key = once?.key else { return try await database.write(isolation, body) }
        let answer = try known.map { try JSONWriter.text(of: $0) }
        let fulfilment = try await database.write(
            once: key, at: world.now(), answer: answer ?? "null", isolation: isolation
        ) { tx in
            let result = try body(tx)
            if answer == nil { try tx.answer(key, with: try JSONWriter.text(of: result)) }
            return result
        }
        switch fulfilment {
        case .now(let result): return result
        case .before(let answer): return try JSONDecoder().decode(Result.self, from: Data(answer.utf8))
        }
    }
}
