import Casework
import HTTPTypes

@testable import Web

/// What an endpoint should ask of its caller. Written by hand for each; an endpoint without one fails the matrix.
enum Expectation: Sendable {
    /// Anybody gets this status. `{code}` in the path is that of a report.
    case open(Int, [String: String] = [:])
    /// Anybody who has signed in.
    case signedIn
    /// Anybody who has signed in is told what is wrong.
    case refusedSignedIn(Int, [String: String])
    /// A list of one scope: areas, organisations or both.
    case list(String, areas: Bool = true, offices: Bool = true, query: String = "")
    /// A report, with the right to act on it and, besides, the right to know of it.
    case report(Stage, String, [String: String] = [:])
    case caseFile(Stage, String, [String: String] = [:])
    case task(Stage, String, [String: String] = [:])
    /// Whoever holds the right somewhere; the answer says what became of each thing.
    case holding(String, Int, [String: String] = [:])
    /// Something new in an area.
    case inArea(String, [String: String])

    /// Whoever has the code of a report at that stage and is not signed in.
    case sender(Stage, [String: String] = [:])

    static let readReport = "casework.report.read"
    static let readCase = "casework.case.read"

    private static let words = ["outcome": "done", "publicText": "好了。"]
    private static let order = ["lead": "(lamps)", "ground": "statutory", "groundReference": "第38条"]

    /// The verbs, which pages and the JSON interface share.
    private static let verbs: [(api: String, page: String, Expectation)] = [
        (
            "reports/{report}/acceptance", "reports/{report}/accept",
            .report(.received, "casework.report.accept", ["verification": "phone"])
        ),
        (
            "reports/{report}/joining", "reports/{report}/join",
            .report(.received, "casework.report.accept", ["case": "(case)"])
        ),
        (
            "reports/{report}/refusal", "reports/{report}/refuse",
            .report(.received, "casework.report.refuse", ["reason": "elsewhere"])
        ),
        ("cases/{case}/verification", "cases/{case}/verify", .caseFile(.toVerify, "casework.case.verify")),
        ("cases/{case}/filing", "cases/{case}/file", .caseFile(.toFile, "casework.case.file")),
        ("cases/{case}/dispatch", "cases/{case}/dispatch", .caseFile(.filed, "casework.case.dispatch", order)),
        ("cases/{case}/closing", "cases/{case}/close", .caseFile(.checked, "casework.case.close", words)),
        ("tasks/{task}/signature", "tasks/{task}/sign", .task(.dispatched, "casework.task.sign")),
        ("tasks/{task}/answer", "tasks/{task}/answer", .task(.signed, "casework.task.answer", words)),
        ("tasks/{task}/check", "tasks/{task}/check", .task(.answered, "casework.task.check", ["verdict": "pass"])),
    ]

    /// The verbs off the straight way.
    private static let furtherVerbs: [(api: String, page: String, Expectation)] = [
        ("tasks/{task}/refusal", "tasks/{task}/refuse", .task(.dispatched, "casework.task.refuse", refusal)),
        (
            "tasks/{task}/ruling", "tasks/{task}/rule",
            .task(.refused, "casework.task.rule", ["ruling": "withdraw", "note": "不归你们"])
        ),
        ("tasks/{task}/withdrawal", "tasks/{task}/withdraw", .task(.dispatched, "casework.task.withdraw", why)),
        ("cases/{case}/reopening", "cases/{case}/reopen", .caseFile(.closed, "casework.case.reopen", why)),
        ("tasks/{task}/recall", "tasks/{task}/recall", .task(.answered, "casework.task.answer")),
        (
            "tasks/{task}/progress", "tasks/{task}/progress",
            .task(.signed, "casework.task.answer", ["note": "配件在路上"])
        ),
        ("tasks/{task}/reminder", "tasks/{task}/remind", .task(.signed, "casework.task.remind", why)),
        (
            "tasks/{task}/assignment", "tasks/{task}/assign",
            .task(.signed, "casework.task.assign", ["assignee": "(colleague)"])
        ),
        ("self-handled", "self-handle", .inArea("casework.case.self-handle", patrol)),
        ("cases/{case}/declining", "cases/{case}/decline", .caseFile(.toFile, "casework.case.decline", told)),
        ("cases/{case}/sending-back", "cases/{case}/send-back", .caseFile(.toFile, "casework.case.file", why)),
        (
            "cases/{case}/reconsideration", "cases/{case}/reconsider",
            .caseFile(.notFiled, "casework.case.reconsider", why)
        ),
        (
            "cases/{case}/amendment", "cases/{case}/amend",
            .caseFile(.dispatched, "casework.case.amend", ["title": "北门路灯不亮", "note": "写错了"])
        ),
        ("cases/{case}/archiving", "cases/{case}/archive", .caseFile(.closed, "casework.case.archive")),
        ("cases/{case}/voiding", "cases/{case}/void", .caseFile(.dispatched, "casework.case.void", told)),
        (
            "cases/{case}/merging", "cases/{case}/merge",
            .caseFile(.dispatched, "casework.case.merge", ["into": "(case)", "note": "同一件事"])
        ),
        (
            "tasks/{task}/extension", "tasks/{task}/extend",
            .task(.signed, "casework.extension.ask", ["until": "2026-12-01", "reason": "要等配件"])
        ),
        (
            "tasks/{task}/extension-decision", "tasks/{task}/decide-extension",
            .task(.extensionAsked, "casework.extension.decide", ["verdict": "grant"])
        ),
        (
            "cases/{case}/parking", "cases/{case}/park",
            .caseFile(.filed, "casework.parking.ask", ["until": "2026-12-31", "reason": "等汛期过去"])
        ),
        (
            "cases/{case}/parking-decision", "cases/{case}/decide-parking",
            .caseFile(.parkingAsked, "casework.parking.decide", ["verdict": "grant"])
        ),
        ("cases/{case}/unparking", "cases/{case}/unpark", .caseFile(.parked, "casework.parking.decide")),
        (
            "cases/{case}/splitting", "cases/{case}/split",
            .caseFile(
                .joined, "casework.case.merge", ["report": "(second)", "destination": "new-case", "note": "不是一件事"])
        ),
    ]

    private static let refusal = ["reason": "matrix", "groundReference": "第38条"]
    private static let patrol = [
        "area": "(area)", "matter": TestStreet.matter, "text": "路灯罩松了", "publicText": "当场拧紧了。",
    ]
    private static let told = ["publicNote": "不归城市管理。", "note": "建错了"]
    private static let why = ["note": "派错了"]

    /// The verbs over several things; their pages answer with a page.
    private static let bulks: [(api: String, page: String, right: String, fields: [String: String])] = [
        ("dispatch", "dispatch", "casework.case.dispatch", order.merging(["cases": "(cases)"]) { $1 }),
        ("closing", "close", "casework.case.close", words.merging(["cases": "(cases)"]) { $1 }),
        ("withdrawal", "withdraw", "casework.task.withdraw", why.merging(["cases": "(cases)"]) { $1 }),
        ("voiding", "void", "casework.case.void", told.merging(["cases": "(cases)"]) { $1 }),
        ("joining", "join", "casework.report.accept", ["reports": "(reports)", "case": "(case)"]),
    ]

    /// By method and pattern.
    static let all: [String: Expectation] = {
        var all: [String: Expectation] = [
            "GET /api/v1/openapi.json": .open(200),
            "GET /docs": .open(200),
            "GET /docs/problems": .open(200),
            "GET /api/v1/areas": .open(200),
            "POST /api/v1/sessions": .open(422),
            "DELETE /api/v1/sessions/current": .signedIn,
            "GET /api/v1/me": .signedIn,
            "GET /api/v1/organisations": .signedIn,
            "GET /signin": .open(200),
            "POST /signin": .open(422),
            "POST /signout": .open(303),

            "GET /": .open(200),
            "GET /report": .open(200),
            "POST /report": .open(303, ["text": "灯不亮", "area": "(area)"]),
            "GET /report/done/{code}": .open(200),
            "GET /follow": .open(200),
            "POST /follow": .open(303, ["code": "(code)"]),
            "GET /follow/{code}": .open(200),
            "GET /api/v1/stories/{code}": .open(200),
            "POST /api/v1/reports": .open(201, ["text": "灯不亮", "area": "(area)"]),

            // Without a file, and for a file that is not there; FileRightsTests have files.
            "POST /api/v1/files": .open(422),
            "GET /files/{file}/{variant}": .open(404),
            "GET /admin/audit": .holding("identity.audit.read", 200),
            "GET /api/v1/audit/entries": .holding("identity.audit.read", 200),
            "GET /api/v1/audit/head": .holding("identity.audit.read", 200),

            "GET /work/reports/{report}/disclosure": .report(.received, "casework.report.disclose"),
            "POST /work/reports/{report}/disclosure": .report(
                .received, "casework.report.disclose", ["what": "words", "purpose": "callback"]),
            "POST /api/v1/reports/{report}/disclosures": .report(
                .received, "casework.report.disclose", ["what": "words", "purpose": "visit"]),

            "POST /signin/code": .open(422),
            "GET /me": .signedIn,
            "POST /me/sessions/end": .signedIn,
            "POST /me/second-factor/begin": .signedIn,
            "GET /api/v1/me/sessions": .signedIn,
            "DELETE /api/v1/me/sessions": .signedIn,
            "DELETE /api/v1/me/sessions/{session}": .signedIn,
            "POST /api/v1/me/second-factor": .signedIn,
            // The code is wrong, or there is nothing to give up.
            "POST /me/second-factor/confirm": .refusedSignedIn(422, ["factorCode": "12"]),
            "POST /me/second-factor/end": .refusedSignedIn(409, ["factorCode": "12"]),
            "POST /api/v1/me/second-factor/confirmation": .refusedSignedIn(422, ["factorCode": "12"]),
            "POST /api/v1/me/second-factor/end": .refusedSignedIn(409, ["factorCode": "12"]),
            "GET /admin/accounts": .holding("identity.account.manage", 200),
            "POST /admin/accounts/{account}/revoke": .holding("identity.account.manage", 303),
            "POST /admin/accounts/{account}/second-factor": .holding("identity.account.manage", 409),
            "GET /api/v1/accounts/{account}/sessions": .holding("identity.account.manage", 200),
            "DELETE /api/v1/accounts/{account}/sessions": .holding("identity.account.manage", 200),
            "DELETE /api/v1/accounts/{account}/second-factor": .holding("identity.account.manage", 409),
            "GET /admin/security": .holding("identity.lockout.manage", 200),
            "POST /admin/accounts/{account}/release": .holding("identity.lockout.manage", 409),
            "GET /api/v1/lockouts": .holding("identity.lockout.manage", 200),
            "POST /api/v1/accounts/{account}/release": .holding("identity.lockout.manage", 409),

            "GET /work": .signedIn,
            "GET /work/console": .list(readCase, offices: false),
            "GET /work/desk": .list("casework.task.answer", areas: false),
            "GET /work/search": .list(readCase, query: "q=灯"),
            "GET /api/v1/search": .list(readCase, query: "q=灯"),
            "GET /api/v1/reports": .list(readReport, offices: false),
            "GET /api/v1/cases": .list(readCase),
            "GET /api/v1/queues": .list(readCase),
            "GET /api/v1/reports/{report}": .report(.received, readReport),
            "GET /api/v1/cases/{case}": .caseFile(.dispatched, readCase),
        ]
        for (api, page, expectation) in verbs + furtherVerbs {
            all["POST /api/v1/\(api)"] = expectation
            all["POST /work/\(page)"] = expectation
        }
        for (api, page, right, fields) in bulks {
            all["POST /api/v1/bulk/\(api)"] = .holding(right, 200, fields)
            all["POST /work/bulk/\(page)"] = .holding(right, 200, fields)
        }
        all["GET /work/self-handle"] = .holding("casework.case.self-handle", 200)
        return all.merging(voice) { $1 }
    }()
}

extension Endpoint {
    /// `POST /api/v1/cases/{case}/filing`
    var name: String { "\(method.rawValue) \(path.pattern)" }
}
