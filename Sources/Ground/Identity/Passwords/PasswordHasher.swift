public import Domain
import Module

/// Hashes and checks passwords with argon2id, two at a time, so that a storm of sign-ins cannot stall the server.
public final class PasswordHasher: Sendable {
    private let parameters: Argon2Parameters
    private let pool: BoundedPool
    private let world: World
    /// What is checked in place of the hash of a login that does not exist, so that both take the same time.
    private let decoy: PasswordHash

    /// - Parameter waiting: checks that may wait for each of the threads; at some 30 ms a check, 32 wait about a second.
    /// - Throws: when libargon2 refuses the parameters.
    public init(
        _ parameters: Argon2Parameters = .standard, threads: Int = 2, waiting: Int = 32, world: World = .live
    ) throws {
        self.parameters = parameters
        self.world = world
        self.pool = BoundedPool(name: "linli.password", threads: threads, waiting: waiting)
        self.decoy = try PasswordHash(
            Password(typed: ""), parameters, salt: world.randomBytes(PasswordHash.saltLength))
    }

    struct Verdict: Sendable {
        let matches: Bool
        /// A new hash with the present parameters, when the password is right and its hash is older.
        let renewed: PasswordHash?
    }

    /// - Throws: `signin.busy` when too many wait already.
    func hash(_ password: Password) async throws -> PasswordHash {
        let salt = world.randomBytes(PasswordHash.saltLength)
        return try await onPool { [parameters] in try PasswordHash(password, parameters, salt: salt) }
    }

    /// Checks a password; without a hash (no such login) it does the same work and answers no.
    /// - Throws: `signin.busy` when too many wait already.
    func verify(_ password: Password, against hash: PasswordHash?) async throws -> Verdict {
        let salt = world.randomBytes(PasswordHash.saltLength)
        return try await onPool { [parameters, decoy] in
            let matches = try (hash ?? decoy).matches(password)
            guard let hash, matches else { return Verdict(matches: false, renewed: nil) }
            return Verdict(
                matches: true,
                renewed: hash.wasMade(with: parameters) ? nil : try PasswordHash(password, parameters, salt: salt))
        }
    }

    private func onPool<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        do {
            return try await pool.run(work)
        } catch is BoundedPool.Full {
            throw RuleViolation(.tooMany, "signin.busy")
        }
    }
}
