import Casework
import Domain
import Identity
import Module
import Storage
import Vault

extension Deployment {
    /// Signs heads of the audit chain with a key that comes from the key file.
    func headSigner() throws -> HeadSigner {
        HeadSigner(publicKeys: try keys.publicKeys()) { [keys] message in
            let signature = try keys.sign(message)
            return HeadSigner.Signature(keyID: signature.keyID, bytes: signature.bytes)
        }
    }

    /// Seals the append-only tables of all modules. One that runs remembers the heads it has seen.
    func makeSealer() throws -> Sealer {
        Sealer(
            database: database, tables: modules.flatMap(\.sealed), signer: try headSigner(), world: world,
            logger: logger)
    }

    /// Proves the audit chain and cross-checks it with what the modules know.
    /// - Parameter kept: a head that was kept outside.
    func verifyAudit(
        kept: AuditHead? = nil, progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) async throws -> VerifyAudit.Outcome {
        try await VerifyAudit(
            tables: modules.flatMap(\.sealed), checks: modules.flatMap(\.crossChecks),
            publicKeys: try keys.publicKeys(), kept: kept, progress: progress
        ).run(on: database, at: world.now())
    }
}
