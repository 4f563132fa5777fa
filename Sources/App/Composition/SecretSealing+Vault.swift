import Domain
import Identity
import Vault

extension SecretSealing {
    /// Seals under the deployment's keys; an envelope of one account cannot be opened for another.
    static func sealed(by keys: KeyRing) -> SecretSealing {
        SecretSealing { secret, account in
            try keys.seal(secret, table: table, column: column, id: account.uuid).bytes
        } open: { sealed, account in
            try keys.open(Envelope(bytes: sealed), table: table, column: column, id: account.uuid)
        }
    }

    private static let table = "account_second_factor"
    private static let column = "secret"
}
