import HTTPTypes

/// A request that the server refuses before any endpoint sees it.
struct RequestRefused: Error, Hashable {
    let status: HTTPResponse.Status
    let code: String

    static let tooLarge = RequestRefused(status: .contentTooLarge, code: "request.too-large")
    static let badJSON = RequestRefused(status: .badRequest, code: "request.bad-json")
    static let badForm = RequestRefused(status: .badRequest, code: "request.bad-form")
    /// The body did not come in as a whole.
    static let broken = RequestRefused(status: .badRequest, code: "request.broken")
    static let badType = RequestRefused(status: .unsupportedMediaType, code: "request.media-type")
    static let filesUnsupported = RequestRefused(status: .unsupportedMediaType, code: "request.files-unsupported")
    static let badToken = RequestRefused(status: .forbidden, code: "request.csrf")
    /// Not signed in any more, with a form whose texts are shown again.
    static let sessionEnded = RequestRefused(status: .unauthorized, code: "session-ended")
    static let badIdempotencyKey = RequestRefused(status: .badRequest, code: "request.idempotency-key")
    static let notFound = RequestRefused(status: .notFound, code: "not-found")
    static let wrongMethod = RequestRefused(status: .methodNotAllowed, code: "request.method")

    init(status: HTTPResponse.Status, code: String) {
        self.status = status
        self.code = code
    }

    init(_ refusal: MultipartRefusal) {
        switch refusal {
        case .tooLarge: self = .tooLarge
        case .tooManyParts, .headersTooLarge, .malformed, .unfinished: self = .badForm
        }
    }
}
