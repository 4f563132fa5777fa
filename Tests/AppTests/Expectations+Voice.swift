extension Expectation {
    private static let answer = ["outcome": "done", "publicText": "好了。"]
    private static let rating = ["solved": "yes", "satisfaction": "satisfied"]

    /// The reporters' side: what staff do, as JSON and as form, and what whoever has a code may do.
    static let voice: [String: Expectation] = {
        let verbs: [(api: String, page: String, Expectation)] = [
            (
                "reports/{report}/question", "reports/{report}/ask",
                .report(.received, "casework.report.ask", ["question": "是哪一盏灯？"])
            ),
            (
                "reports/{report}/supplement", "reports/{report}/supplement",
                .report(.asked, "casework.report.enter", ["more": "最北边那盏"])
            ),
            ("reports/{report}/withdrawal", "reports/{report}/withdraw", .report(.asked, "casework.report.enter")),
            (
                "reports/{report}/objection", "reports/{report}/object",
                .report(.closed, "casework.report.enter", ["why": "还是不亮"])
            ),
            (
                "reports/{report}/ruling", "reports/{report}/rule",
                .report(.refusedReport, "casework.report.rule", ["ruling": "granted"])
            ),
            ("cases/{case}/finishing", "cases/{case}/finish", .caseFile(.toFinish, "casework.case.close", answer)),
            (
                "cases/{case}/callbacks", "cases/{case}/call-back",
                .caseFile(.finished, "casework.case.call-back", ["means": "phone", "reached": "no"])
            ),
        ]
        let senders: [(api: String, page: String, Expectation)] = [
            ("rating", "rate", .sender(.closed, rating)),
            ("supplement", "supplement", .sender(.asked, ["more": "最北边那盏"])),
            ("withdrawal", "withdraw", .sender(.asked)),
            ("objection", "object", .sender(.closed, ["why": "还是不亮"])),
        ]
        var all: [String: Expectation] = [:]
        for (api, page, expectation) in verbs {
            all["POST /api/v1/\(api)"] = expectation
            all["POST /work/\(page)"] = expectation
        }
        for (api, page, expectation) in senders {
            all["POST /api/v1/stories/{code}/\(api)"] = expectation
            all["POST /follow/{code}/\(page)"] = expectation
        }
        return all
    }()
}
