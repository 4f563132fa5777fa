/// What each role may do: written down a second time on purpose, from docs and not from the code, so that a change of
/// one of the two is noticed.
enum RoleTable {
    /// Rights in the area of the assignment.
    private static let inArea: [String: Set<String>] = [
        "seat": [
            "casework.report.read", "casework.report.accept", "casework.report.refuse", "casework.report.enter",
            "casework.report.disclose", "casework.report.ask", "casework.case.read", "casework.case.verify",
            "casework.case.amend", "casework.case.call-back",
        ],
        "dispatcher": [
            "casework.report.read", "casework.report.accept", "casework.report.refuse", "casework.report.enter",
            "casework.report.disclose", "casework.report.ask", "casework.report.rule", "casework.case.read",
            "casework.case.verify", "casework.case.file", "casework.case.dispatch", "casework.case.close",
            "casework.case.reopen", "casework.case.amend", "casework.case.decline", "casework.case.reconsider",
            "casework.case.void", "casework.case.merge", "casework.case.archive", "casework.case.call-back",
            "casework.task.rule", "casework.task.withdraw", "casework.task.remind",
            "casework.case.read", "casework.case.verify", "casework.case.file", "casework.case.dispatch",
            "casework.case.close", "casework.report.disclose",
            "casework.case.close", "casework.task.rule", "casework.task.withdraw", "casework.case.reopen",
            "casework.case.amend", "casework.case.decline", "casework.case.reconsider", "casework.case.void",
            "casework.case.merge", "casework.case.archive", "casework.task.remind",
            "casework.case.merge", "casework.case.archive", "casework.case.call-back", "casework.report.rule",
            "casework.report.ask",
            "casework.case.merge", "casework.case.archive", "casework.task.remind", "casework.extension.decide",
            "casework.parking.ask",
        ],
        "checker": ["casework.report.read", "casework.case.read", "casework.case.verify", "casework.task.check"],
        "supervisor": [
            "casework.report.read", "casework.case.read", "casework.task.rule", "casework.supervise",
            "casework.task.withdraw", "casework.case.reopen", "casework.case.reconsider", "casework.case.amend",
            "casework.case.void", "casework.task.remind", "casework.report.rule",
            "casework.case.void", "casework.task.remind", "casework.extension.decide", "casework.parking.decide",
        ],
        "grid-worker": [
            "casework.report.read", "casework.report.enter", "casework.case.read", "casework.case.verify",
            "casework.case.self-handle",
        ],
        "reader": ["casework.report.read", "casework.case.read"],
        "system-administrator": ["identity.organisation.manage", "identity.account.manage"],
        "security-administrator": ["identity.assignment.manage", "identity.lockout.manage"],
        "audit-administrator": ["identity.audit.read"],
    ]

    /// Rights over what the organisation of the assignment has part in.
    private static let inOrganisation: [String: Set<String>] = [
        "handler": [
            "casework.case.read", "casework.task.sign", "casework.task.answer", "casework.task.refuse",
            "casework.task.assign", "casework.extension.ask",
        ],
        "grid-worker": [
            "casework.case.read", "casework.task.sign", "casework.task.answer", "casework.task.refuse",
            "casework.task.assign", "casework.extension.ask",
        ],
    ]

    /// Where somebody stands.
    struct Post: Sendable {
        let role: String
        let area: String
        let office: String
    }

    /// What a right is asked about.
    struct Thing: Sendable {
        let area: String
        let offices: Set<String>
    }

    static func holds(_ right: String, _ post: Post) -> Bool {
        inArea[post.role]?.contains(right) == true || inOrganisation[post.role]?.contains(right) == true
    }

    static func covers(_ right: String, _ post: Post, _ thing: Thing) -> Bool {
        // The code of an area begins with the code of the area above it.
        inArea[post.role]?.contains(right) == true && thing.area.hasPrefix(post.area)
            || inOrganisation[post.role]?.contains(right) == true && thing.offices.contains(post.office)
    }

    /// Whether the right holds in exactly this area, which is what listing it takes.
    static func lists(_ right: String, _ post: Post, area: String) -> Bool {
        inArea[post.role]?.contains(right) == true && post.area == area
    }

    static func lists(_ right: String, _ post: Post, office: String) -> Bool {
        inOrganisation[post.role]?.contains(right) == true && post.office == office
    }

    static func hasAreaList(_ right: String, _ post: Post) -> Bool { inArea[post.role]?.contains(right) == true }
    static func hasOfficeList(_ right: String, _ post: Post) -> Bool {
        inOrganisation[post.role]?.contains(right) == true
    }
}
