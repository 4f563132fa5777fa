import Foundation
public import Module
import Storage
import Web

/// Casework's entry in the list of modules.
public enum CaseworkModule {
    public static func module(_ casework: Casework) -> LinliModule {
        LinliModule(
            name: "casework", catalogues: catalogueFolders,
            migrations: CaseworkMigrations.all + [
                ReportIndex.index.migration("casework.005-report-text"), CaseworkMigrations.disclosures,
            ] + EvidenceMigrations.all + VerbMigrations.all + LimitMigrations.all + VoiceMigrations.all,
            permissions: CaseworkPermission.all,
            endpoints: CaseworkAPI(casework: casework).endpoints + CaseworkPages(casework: casework).endpoints
                + CaseworkDisclosure(casework: casework).endpoints,
            navigation: [
                NavigationEntry(.resident, "casework.nav.home", WebRoutes.home.url(), "home"),
                NavigationEntry(.resident, "casework.nav.report", CaseworkRoutes.reportForm.url(), "report"),
                NavigationEntry(.resident, "casework.nav.follow", CaseworkRoutes.follow.url(), "list"),
                NavigationEntry(.staff, "casework.nav.work", WebRoutes.work.url(), "home"),
                NavigationEntry(
                    .staff, "casework.nav.console", CaseworkRoutes.console.url(), "list",
                    permission: CaseworkPermission.readReport),
                NavigationEntry(
                    .staff, "casework.nav.desk", CaseworkRoutes.desk.url(), "building",
                    permission: CaseworkPermission.answerTask),
                NavigationEntry(
                    .staff, "casework.nav.self-handle", CaseworkRoutes.selfHandle.url(), "report",
                    permission: CaseworkPermission.selfHandleCase),
            ],
            subscriptions: [ReportIndex.subscription, QueueCounters.subscription],
            sealed: [TrailStore.steps, DisclosureStore.table],
            crossChecks: [Trail.crossCheck, Trail.disclosures],
            jobs: [
                LimitTimer.handler(in: casework), ReportClock.handler(in: casework),
                Recalculation.handler(in: casework), Parking.handler(in: casework),
            ],
            standingJobs: [ReportClock.kind],
            inspections: CaseworkInspections(casework: casework).all)
    }

    private static var catalogueFolders: [URL] {
        [
            "Resources/i18n", "Resources/i18n-classes", "Resources/i18n-limits", "Resources/i18n-verbs",
            "Resources/i18n-voice",
        ].map {
            Bundle.module.bundleURL.appending(path: $0)
        }
    }
}
