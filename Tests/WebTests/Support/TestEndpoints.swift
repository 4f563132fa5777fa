import Domain
import HTTPTypes
import Storage

@testable import Web

/// One endpoint of each kind.
enum TestEndpoints {
    static let permission = Permission("test.do")

    static let page: RoutePath = "/things/{name}"
    static let staffPage: RoutePath = "/work/things"
    static let form: RoutePath = "/form"
    static let staffForm: RoutePath = "/work/form"
    static let things: RoutePath = "/api/v1/things"
    static let thing: RoutePath = "/api/v1/things/{id}"
    static let failing: RoutePath = "/fail/{how}"

    static let all: [Endpoint] = [
        .page("/", access: .open("a test"), summary: "The start.") { (_: NoInput, _: Visitor) in page("home") },
        .page(page, access: .open("a test"), summary: "A page with a place.") { (input: Named, _: Visitor) in
            page(input.name)
        },
        .page(staffPage, access: .holding(permission), summary: "A page for staff.") { (_: NoInput, who: SignedIn) in
            page(who.session.displayName)
        },
        .action(form, access: .open("a test"), summary: "A form for everybody.", bodyLimit: 4096) { form, _, _ in
            formPage(form)
        } _: { (input: Words, _: Visitor) in
            if input.words == "gone" { throw AccessDenied.notSignedIn }
            if input.words == "taken" { throw RuleViolation(.conflict, "test.taken") }
            return .page(page("\(input.words)|\(input.note ?? "-")"))
        },
        .action(staffForm, access: .holding(permission), summary: "A form for staff.") { form, _, _ in
            formPage(form)
        } _: { (input: Words, who: SignedIn) in
            .page(page("\(input.words)|\(who.visitor.idempotencyKey ?? "-")"))
        },
        .json(.get, things, access: .open("a test"), summary: "Lists.") { (_: NoInput, _: Visitor) in ["one"] },
        .json(.post, things, access: .holding(permission), summary: "Makes.", success: .created, bodyLimit: 65_536) {
            (input: Words, _: SignedIn) in ["words": input.words]
        },
        .json(.put, thing, access: .open("a test"), summary: "Changes.") { (input: Identified, _: Visitor) in
            ["id": input.id.description]
        },
        .page(failing, access: .open("a test"), summary: "Fails.") { (input: Failing, _: Visitor) in
            throw input.how.error
        },
        .json(.get, "/api/v1/fail/{how}", access: .open("a test"), summary: "Fails.") {
            (input: Failing, _: Visitor) -> [String] in
            throw input.how.error
        },
    ]

    private static func page(_ text: String) -> Page {
        Page(.resident, "test.page") { _ in "<main id=\"main\">\(text)</main>" }
    }

    private static func formPage(_ form: FormState) -> Page {
        Page(.resident, "test.page") { view in
            """
            <main id="main">\(view.refusals(form))<form method="post">\(view.formTokens)\
            <textarea name="words">\(form.value("words"))</textarea>\(view.wrong(form, "words"))</form></main>
            """
        }
    }

    struct Named: EndpointInput {
        let name: String
        init(_ fields: inout Fields) { name = fields.text("name", 1...20) }
    }

    struct Identified: EndpointInput {
        let id: ID<TestEndpoints>
        let note: String?
        init(_ fields: inout Fields) {
            id = fields.id("id")
            note = fields.optionalText("note", maximum: 10)
        }
    }

    struct Words: EndpointInput {
        let words: String
        let note: String?
        let password: String

        init(_ fields: inout Fields) {
            words = fields.text("words", 2...2000)
            note = fields.optionalText("note", maximum: 100)
            password = fields.secret("password", 0...100)
        }
    }

    struct Failing: EndpointInput {
        let how: Failure
        init(_ fields: inout Fields) { how = fields.choice("how") }
    }

    enum Failure: String, CaseIterable, Sendable {
        case invalid, conflict, missing, forbidden, tooMany, many, denied, anonymous, retry, unknown, unique, statement
        case cancelled, other

        struct Unforeseen: Error {}

        var error: any Error {
            switch self {
            case .invalid: RuleViolation(.invalid, "input.number", field: "words")
            case .conflict: RuleViolation(.conflict, "test.taken")
            case .missing: RuleViolation(.notFound, "not-found")
            case .forbidden: RuleViolation.forbidden(permission)
            case .tooMany: RuleViolation(.tooMany, "test.taken")
            case .many:
                RuleViolations([
                    RuleViolation(.invalid, "input.missing", field: "words"),
                    RuleViolation(.invalid, "input.missing", field: "note"),
                ])
            case .denied: AccessDenied.lacking(permission)
            case .anonymous: AccessDenied.notSignedIn
            case .retry: StorageError(.conflict, "serialisation")
            case .unknown: StorageError(.commitUnknown, "lost")
            case .unique: StorageError(.unique, "twice")
            case .statement: StorageError(.statement, "syntax")
            case .cancelled: CancellationError()
            case .other: Unforeseen()
            }
        }
    }
}
