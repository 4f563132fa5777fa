public import Domain

/// What people may be allowed to do in casework.
public enum CaseworkPermission {
    public static let readReport = Permission("casework.report.read")
    public static let acceptReport = Permission("casework.report.accept")
    public static let refuseReport = Permission("casework.report.refuse")
    /// Enter a report for somebody else: from the phone, from paper, from a chat group. Speak for its sender later.
    public static let enterReport = Permission("casework.report.enter")
    /// See a sender's words and telephone number as they came, for a purpose that the sender can read.
    public static let discloseReport = Permission("casework.report.disclose")
    /// Ask the sender of a report for what is missing.
    public static let askReporter = Permission("casework.report.ask")
    /// Decide about objections of senders; look again at a refusal.
    public static let ruleReport = Permission("casework.report.rule")
    public static let readCase = Permission("casework.case.read")
    public static let verifyCase = Permission("casework.case.verify")
    public static let fileCase = Permission("casework.case.file")
    public static let dispatchCase = Permission("casework.case.dispatch")
    public static let signTask = Permission("casework.task.sign")
    public static let answerTask = Permission("casework.task.answer")
    public static let checkTask = Permission("casework.task.check")
    /// Ask for more time for one's own task.
    public static let askExtension = Permission("casework.extension.ask")
    public static let decideExtension = Permission("casework.extension.decide")
    /// Ask that a case waits.
    public static let askParking = Permission("casework.parking.ask")
    public static let decideParking = Permission("casework.parking.decide")
    public static let closeCase = Permission("casework.case.close")
    public static let refuseTask = Permission("casework.task.refuse")
    /// Rule on a refusal, or on the first one only: see ``supervise``.
    public static let ruleTask = Permission("casework.task.rule")
    public static let withdrawTask = Permission("casework.task.withdraw")
    /// Press for a task.
    public static let remindTask = Permission("casework.task.remind")
    /// Name the person of the organisation who handles a task.
    public static let assignTask = Permission("casework.task.assign")
    /// Report what was found on the round together with what was done about it.
    public static let selfHandleCase = Permission("casework.case.self-handle")
    public static let declineCase = Permission("casework.case.decline")
    public static let reconsiderCase = Permission("casework.case.reconsider")
    public static let amendCase = Permission("casework.case.amend")
    public static let voidCase = Permission("casework.case.void")
    /// Merge cases and split them.
    public static let mergeCase = Permission("casework.case.merge")
    public static let archiveCase = Permission("casework.case.archive")
    public static let reopenCase = Permission("casework.case.reopen")
    /// Has the last word where the centre and an organisation do not agree (督办).
    public static let supervise = Permission("casework.supervise")
    /// Ask reporters what came of it, and keep what they said.
    public static let callBack = Permission("casework.case.call-back")

    public static let all = [
        readReport, acceptReport, refuseReport, enterReport, discloseReport, readCase, verifyCase, fileCase,
        dispatchCase, signTask,
        answerTask, checkTask, closeCase,
        readReport, acceptReport, refuseReport, enterReport, readCase, verifyCase, fileCase, dispatchCase, signTask,
        answerTask, checkTask, closeCase, refuseTask, ruleTask, withdrawTask, remindTask,
        assignTask, selfHandleCase, declineCase,
        reconsiderCase, amendCase, voidCase, mergeCase, archiveCase, reopenCase, supervise,
        callBack, ruleReport, askReporter,
        dispatchCase, signTask, answerTask, checkTask, closeCase, refuseTask, ruleTask, withdrawTask, remindTask,
        assignTask, selfHandleCase, declineCase, reconsiderCase, amendCase, voidCase, mergeCase, archiveCase,
        reopenCase, supervise, askExtension, decideExtension, askParking, decideParking,
    ]
}
