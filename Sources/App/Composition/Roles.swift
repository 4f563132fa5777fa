import Casework
import Identity
import Web

/// The roles that ship. A deployment gives them to people by assignments; code asks for permissions only.
enum Roles {
    static let all = [
        seat, dispatcher, handler, checker, supervisor, gridWorker, reader, systemAdministrator, securityAdministrator,
        auditAdministrator,
    ]

    /// 受理员: takes reports up or refuses them, enters those of callers, calls back.
    static let seat = RoleDefinition(
        "seat", name: "app.role.seat",
        grants: [
            .init(CaseworkPermission.readReport, .area), .init(CaseworkPermission.acceptReport, .area),
            .init(CaseworkPermission.refuseReport, .area), .init(CaseworkPermission.enterReport, .area),
            .init(CaseworkPermission.readCase, .area), .init(CaseworkPermission.verifyCase, .area),
            .init(CaseworkPermission.discloseReport, .area), .init(CaseworkPermission.amendCase, .area),
            .init(CaseworkPermission.callBack, .area), .init(CaseworkPermission.askReporter, .area),
        ])

    /// 派遣员: files, dispatches, closes; can do a seat's work at night.
    static let dispatcher = RoleDefinition(
        "dispatcher", name: "app.role.dispatcher",
        grants: seat.grants + [
            .init(CaseworkPermission.fileCase, .area), .init(CaseworkPermission.dispatchCase, .area),
            .init(CaseworkPermission.closeCase, .area), .init(CaseworkPermission.ruleTask, .area),
            .init(CaseworkPermission.withdrawTask, .area), .init(CaseworkPermission.reopenCase, .area),
            .init(CaseworkPermission.declineCase, .area), .init(CaseworkPermission.reconsiderCase, .area),
            .init(CaseworkPermission.voidCase, .area), .init(CaseworkPermission.mergeCase, .area),
            .init(CaseworkPermission.archiveCase, .area), .init(CaseworkPermission.remindTask, .area),
            .init(CaseworkPermission.ruleReport, .area),
            .init(CaseworkPermission.decideExtension, .area), .init(CaseworkPermission.askParking, .area),
        ])

    /// 承办人: signs and answers what its organisation was given, and sees nothing else.
    static let handler = RoleDefinition(
        "handler", name: "app.role.handler",
        grants: [
            .init(CaseworkPermission.readCase, .organisation), .init(CaseworkPermission.signTask, .organisation),
            .init(CaseworkPermission.answerTask, .organisation), .init(CaseworkPermission.refuseTask, .organisation),
            .init(CaseworkPermission.assignTask, .organisation), .init(CaseworkPermission.askExtension, .organisation),
        ])

    /// 核查员: looks at what others have done.
    static let checker = RoleDefinition(
        "checker", name: "app.role.checker",
        grants: [
            .init(CaseworkPermission.readReport, .area), .init(CaseworkPermission.readCase, .area),
            .init(CaseworkPermission.verifyCase, .area), .init(CaseworkPermission.checkTask, .area),
        ])

    /// 督办: rules where the centre and an organisation do not agree, and has a case taken up again.
    static let supervisor = RoleDefinition(
        "supervisor", name: "app.role.supervisor",
        grants: [
            .init(CaseworkPermission.readReport, .area), .init(CaseworkPermission.readCase, .area),
            .init(CaseworkPermission.ruleTask, .area), .init(CaseworkPermission.supervise, .area),
            .init(CaseworkPermission.withdrawTask, .area), .init(CaseworkPermission.reopenCase, .area),
            .init(CaseworkPermission.reconsiderCase, .area), .init(CaseworkPermission.amendCase, .area),
            .init(CaseworkPermission.voidCase, .area), .init(CaseworkPermission.remindTask, .area),
            .init(CaseworkPermission.ruleReport, .area),
            .init(CaseworkPermission.decideExtension, .area), .init(CaseworkPermission.decideParking, .area),
        ])

    /// 网格员: sees its area, reports, verifies on the spot, and hands in what it has done at once.
    static let gridWorker = RoleDefinition(
        "grid-worker", name: "app.role.grid-worker",
        grants: [
            .init(CaseworkPermission.readReport, .area), .init(CaseworkPermission.enterReport, .area),
            .init(CaseworkPermission.readCase, .area), .init(CaseworkPermission.verifyCase, .area),
            .init(CaseworkPermission.selfHandleCase, .area),
        ] + handler.grants)

    /// 阅览: leaders and auditors of an area.
    static let reader = RoleDefinition(
        "reader", name: "app.role.reader",
        grants: [.init(CaseworkPermission.readReport, .area), .init(CaseworkPermission.readCase, .area)])

    static let systemAdministrator = RoleDefinition(
        "system-administrator", name: "app.role.system-administrator", duty: .system,
        grants: [.init(IdentityPermission.manageOrganisations, .area), .init(IdentityPermission.manageAccounts, .area)])

    static let securityAdministrator = RoleDefinition(
        "security-administrator", name: "app.role.security-administrator", duty: .security,
        grants: [.init(IdentityPermission.manageAssignments, .area), .init(IdentityPermission.manageLockouts, .area)])

    static let auditAdministrator = RoleDefinition(
        "audit-administrator", name: "app.role.audit-administrator", duty: .audit,
        grants: [.init(IdentityPermission.readAudit, .area)])
}
