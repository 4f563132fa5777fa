public import Domain
public import Foundation
public import Storage
public import Web

/// All that a module adds to Linli. The App's list of these is the system.
public struct LinliModule: Sendable {
    /// Lower case, the prefix of its permissions, topics, migrations and catalogue keys.
    public let name: String
    /// The folders with its `zh-Hans.json` and `en.json`.
    public let catalogues: [URL]
    public let migrations: [Migration]
    /// Every permission it asks for.
    public let permissions: [Permission]
    public let endpoints: [Endpoint]
    public let navigation: [NavigationEntry]
    /// Who reacts to which events: projections of its own, and reactions that the App has wired.
    public let subscriptions: [Subscription]
    /// Its tables of rows that never change: the audit chain seals them.
    public let sealed: [AppendOnlyTable]
    /// What its tables say about the audit trail.
    public let crossChecks: [CrossCheck]
    /// How its jobs are done.
    public let jobs: [JobHandler]
    /// The kinds of jobs that are to be planned whenever the program is in use; each plans itself again.
    public let standingJobs: [String]
    /// What must be true of its rows.
    public let inspections: [Inspection]

    public init(
        name: String, catalogues: [URL] = [], migrations: [Migration] = [], permissions: [Permission] = [],
        endpoints: [Endpoint] = [], navigation: [NavigationEntry] = [], subscriptions: [Subscription] = [],
        sealed: [AppendOnlyTable] = [], crossChecks: [CrossCheck] = [], jobs: [JobHandler] = [],
        standingJobs: [String] = [], inspections: [Inspection] = []
    ) {
        self.name = name
        self.catalogues = catalogues
        self.migrations = migrations
        self.permissions = permissions
        self.endpoints = endpoints
        self.navigation = navigation
        self.subscriptions = subscriptions
        self.sealed = sealed
        self.crossChecks = crossChecks
        self.jobs = jobs
        self.standingJobs = standingJobs
        self.inspections = inspections
    }
}
