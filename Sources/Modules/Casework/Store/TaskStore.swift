import Domain
import Storage

/// Tasks.
enum TaskStore {
    static func insert(_ task: CaseTask, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO case_task (id, case_id, organisation_id, role, ground, ground_reference, offered_at, state,
                due_at, reworks, refusals, version)
            VALUES (\(task.id), \(task.caseID), \(task.organisation), \(task.role), \(task.ground),
                \(task.groundReference), \(task.offeredAt), \(task.state), \(task.dueAt), \(task.reworks),
                \(task.refusals), \(task.version))
            """)
    }

    /// Writes what a verb changed. The caller holds the case's lock.
    static func update(_ task: CaseTask, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            UPDATE case_task SET state = \(task.state), due_at = \(task.dueAt), signed_by = \(task.signing?.account),
                signed_at = \(task.signing?.at), outcome = \(task.answer?.outcome),
                public_text = \(task.answer?.publicText), internal_text = \(task.answer?.internalText),
                answered_by = \(task.answer?.account), answered_at = \(task.answer?.at),
                verdict = \(task.check?.verdict), check_note = \(task.check?.note),
                checked_by = \(task.check?.account), checked_for = \(task.check?.organisation),
                checked_at = \(task.check?.at), reworks = \(task.reworks), refusals = \(task.refusals),
                version = \(task.version), assigned_to = \(task.assignee)
            WHERE id = \(task.id)
            """)
    }

    private static let columns: SQL = """
        id, case_id, organisation_id, role, ground, ground_reference, offered_at, state, due_at, signed_by, signed_at,
        outcome, public_text, internal_text, answered_by, answered_at, verdict, check_note, checked_by, checked_for,
        checked_at, reworks, refusals, version, assigned_to
        """

    /// All tasks of a case, the lead first.
    static func all(of caseID: CaseID, _ tx: ReadTransaction) throws -> [CaseTask] {
        try all(of: [caseID], tx)
    }

    /// All tasks of several cases in one statement; within a case the lead first, then in the order of offering.
    static func all(of caseIDs: [CaseID], _ tx: ReadTransaction) throws -> [CaseTask] {
        guard !caseIDs.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT \(columns) FROM case_task WHERE case_id \(in: caseIDs)
            ORDER BY case_id, CASE role WHEN 'lead' THEN 0 ELSE 1 END, offered_at, id
            """
        ).map(task)
    }

    /// The case that a task belongs to: the row that has to be locked before the task is looked at.
    static func caseID(of id: TaskID, _ tx: ReadTransaction) throws -> CaseID? {
        try tx.first("SELECT case_id FROM case_task WHERE id = \(id)")?.get("case_id")
    }

    private static func task(_ row: Row) throws -> CaseTask {
        var signing: CaseTask.Signing?
        if let account: AccountID = try row.get(optional: "signed_by") {
            signing = CaseTask.Signing(account: account, at: try row.get("signed_at"))
        }
        var answer: CaseTask.Answer?
        if let account: AccountID = try row.get(optional: "answered_by") {
            answer = CaseTask.Answer(
                outcome: try row.get("outcome"), publicText: try row.get(optional: "public_text"),
                internalText: try row.get(optional: "internal_text"), account: account,
                at: try row.get("answered_at"))
        }
        var check: CaseTask.Check?
        if let account: AccountID = try row.get(optional: "checked_by") {
            check = CaseTask.Check(
                verdict: try row.get("verdict"), note: try row.get(optional: "check_note"), account: account,
                organisation: try row.get(optional: "checked_for"), at: try row.get("checked_at"))
        }
        return CaseTask(
            id: try row.get("id"), caseID: try row.get("case_id"), organisation: try row.get("organisation_id"),
            role: try row.get("role"), ground: try row.get("ground"), groundReference: try row.get("ground_reference"),
            offeredAt: try row.get("offered_at"), state: try row.get("state"), dueAt: try row.get(optional: "due_at"),
            signing: signing, answer: answer, check: check, reworks: try row.get("reworks"),
            refusals: try row.get("refusals"), version: try row.get("version"),
            assignee: try row.get(optional: "assigned_to"))
    }
}
