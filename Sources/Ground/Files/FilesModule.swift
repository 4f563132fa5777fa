public import Domain
import Foundation
public import Module
public import Storage
import Web

/// Photos and documents.
public enum FilesModule {
    /// - Parameter guards: who may see the files of which subjects; each module brings those of its own.
    public static func module(_ files: Files, guards: [FileGuard]) -> LinliModule {
        LinliModule(
            name: "files", catalogues: [Bundle.module.bundleURL.appending(path: "Resources/i18n")],
            migrations: FilesMigrations.all, endpoints: FilesAPI(files: files, guards: guards).endpoints,
            jobs: [SweepFiles(files: files).handler], standingJobs: [SweepFiles.kind],
            inspections: FilesInspections(files: files).all)
    }
}

/// Knows who may see the files that belong to one kind of subject.
public struct FileGuard: Sendable {
    /// The kind of `FileSubject`.
    public let kind: String
    /// Whether this person may see that file of that subject.
    let permits: @Sendable (UUIDValue, FileID, Actor, ReadTransaction) throws -> Bool

    public init(
        _ kind: StaticString, permits: @escaping @Sendable (UUIDValue, FileID, Actor, ReadTransaction) throws -> Bool
    ) {
        self.kind = kind.description
        self.permits = permits
    }
}
