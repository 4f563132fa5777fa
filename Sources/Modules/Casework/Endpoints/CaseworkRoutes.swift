public import Web

/// Every path of casework, for registering and for linking.
public enum CaseworkRoutes {
    // Pages of residents
    public static let reportForm: RoutePath = "/report"
    public static let reportDone: RoutePath = "/report/done/{code}"
    public static let follow: RoutePath = "/follow"
    public static let story: RoutePath = "/follow/{code}"

    // Pages of staff
    public static let console: RoutePath = "/work/console"
    public static let desk: RoutePath = "/work/desk"
    public static let search: RoutePath = "/work/search"
    public static let accept: RoutePath = "/work/reports/{report}/accept"
    public static let join: RoutePath = "/work/reports/{report}/join"
    public static let refuse: RoutePath = "/work/reports/{report}/refuse"
    public static let verify: RoutePath = "/work/cases/{case}/verify"
    public static let file: RoutePath = "/work/cases/{case}/file"
    public static let dispatch: RoutePath = "/work/cases/{case}/dispatch"
    public static let close: RoutePath = "/work/cases/{case}/close"
    public static let sign: RoutePath = "/work/tasks/{task}/sign"
    public static let answer: RoutePath = "/work/tasks/{task}/answer"
    public static let check: RoutePath = "/work/tasks/{task}/check"
    public static let refuseTask: RoutePath = "/work/tasks/{task}/refuse"
    public static let rule: RoutePath = "/work/tasks/{task}/rule"
    public static let withdraw: RoutePath = "/work/tasks/{task}/withdraw"
    public static let reopen: RoutePath = "/work/cases/{case}/reopen"

    /// The same for machines.
    public enum API {
        public static let reports: RoutePath = "/api/v1/reports"
        public static let report: RoutePath = "/api/v1/reports/{report}"
        public static let acceptance: RoutePath = "/api/v1/reports/{report}/acceptance"
        public static let joining: RoutePath = "/api/v1/reports/{report}/joining"
        public static let refusal: RoutePath = "/api/v1/reports/{report}/refusal"
        public static let cases: RoutePath = "/api/v1/cases"
        public static let caseFile: RoutePath = "/api/v1/cases/{case}"
        public static let verification: RoutePath = "/api/v1/cases/{case}/verification"
        public static let filing: RoutePath = "/api/v1/cases/{case}/filing"
        public static let dispatch: RoutePath = "/api/v1/cases/{case}/dispatch"
        public static let closing: RoutePath = "/api/v1/cases/{case}/closing"
        public static let signature: RoutePath = "/api/v1/tasks/{task}/signature"
        public static let answer: RoutePath = "/api/v1/tasks/{task}/answer"
        public static let check: RoutePath = "/api/v1/tasks/{task}/check"
        public static let taskRefusal: RoutePath = "/api/v1/tasks/{task}/refusal"
        public static let ruling: RoutePath = "/api/v1/tasks/{task}/ruling"
        public static let withdrawal: RoutePath = "/api/v1/tasks/{task}/withdrawal"
        public static let reopening: RoutePath = "/api/v1/cases/{case}/reopening"
        public static let queues: RoutePath = "/api/v1/queues"
        public static let search: RoutePath = "/api/v1/search"
        public static let story: RoutePath = "/api/v1/stories/{code}"
    }
}
