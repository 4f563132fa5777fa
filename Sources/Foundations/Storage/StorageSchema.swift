/// The tables that the storage layer itself needs.
public enum StorageSchema {
    /// To be applied before those of the modules.
    public static let migrations = [Outbox.migration, JobQueue.migration, IdempotencyKeys.migration]
}
