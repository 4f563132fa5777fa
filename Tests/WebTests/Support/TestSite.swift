import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage
import Synchronization

@testable import Web

/// A deployment of a handful of endpoints, for asking it over HTTP without a server.
struct TestSite: Sendable {
    /// Wednesday 18 November 2026, 10:24 at UTC+8.
    static let moment = Instant(milliseconds: 1_794_968_640_000)

    let pipeline: Pipeline
    let responder: RouterResponder<LinliContext>
    let log: LogLines

    init(
        endpoints: [Endpoint] = TestEndpoints.all, assets: StaticFiles = .none, secureCookies: Bool = false,
        authenticator: any Authenticator = FakeAuthenticator(), uploads: UploadSpace? = nil,
        maximumBodyBytes: Int = 1_000_000
    ) throws {
        log = LogLines()
        let random = RandomNumbers()
        let lines = log
        pipeline = Pipeline(
            site: Site(
                name: LocalizedName(chinese: "清河街道", english: "Qinghe Street"), dutyPhone: "80120345",
                catalogue: try Catalogue(folders: [WebResources.catalogue, TestCatalogue.folder()]),
                navigation: [], assets: assets, zone: .china),
            authenticator: authenticator, csrf: TestSite.csrf,
            world: World(now: { TestSite.moment }, random: { random.next() }),
            configuration: Pipeline.Configuration(
                secureCookies: secureCookies, showsStatements: false, maximumBodyBytes: maximumBodyBytes),
            logger: Logger(label: "test") { _ in CapturingLogHandler(lines: lines) }, uploads: uploads)
        responder = Router.linli(endpoints, pipeline).buildResponder()
    }

    static let csrf = CSRF(key: SymmetricKey(data: [UInt8](repeating: 7, count: 32)))
    /// A form's token for the session that `FakeAuthenticator` knows.
    static let token = csrf.token(.session(FakeAuthenticator.binding))
    static let visitorCookie = "0123456789abcdef0123456789abcdef"
    static let visitorToken = csrf.token(.visitor(visitorCookie))
}

/// Knows one session: the token is `good`.
struct FakeAuthenticator: Authenticator {
    static let binding: [UInt8] = [1, 2, 3, 4]
    static let area = Scope.area(AreaID(UUIDValue(high: 1, low: 1)))

    var error: (any Error)?
    var language: Language?
    var permissions: [Permission] = [TestEndpoints.permission]

    func session(token: String, at now: Instant) async throws -> Web.Session? {
        if let error { throw error }
        guard token == "good" else { return nil }
        return Web.Session(
            actor: Actor(
                account: AccountID(UUIDValue(high: 2, low: 2)), organisation: nil,
                grants: Dictionary(uniqueKeysWithValues: permissions.map { ($0, [FakeAuthenticator.area]) })),
            account: AccountID(UUIDValue(high: 2, low: 2)), displayName: "王一",
            organisationName: LocalizedName(chinese: "城管科", english: "City Management"), language: language,
            binding: FakeAuthenticator.binding)
    }
}

/// Numbers that differ, in the same order each time.
final class RandomNumbers: Sendable {
    private let state = Mutex<UInt64>(42)

    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }
}

/// What was logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

struct CapturingLogHandler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let pairs = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
        lines.add("\(event.level) \(event.message) \(pairs)")
    }
}

/// Texts of the test endpoints' own fields.
enum TestCatalogue {
    static func folder() throws -> URL {
        try folder([
            "zh-Hans": ["test.page": "测试页", "field.words": "说说情况", "field.note": "备注", "problem.test.taken": "有人先签收了"],
            "en": [
                "test.page": "Test page", "field.words": "What happened", "field.note": "Note",
                "problem.test.taken": "Somebody was quicker",
            ],
        ])
    }

    /// A new folder with these catalogues.
    static func folder(_ texts: [String: [String: String]]) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "linli-texts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (language, entries) in texts {
            try JSONEncoder().encode(entries).write(to: folder.appending(path: "\(language).json"))
        }
        return folder
    }
}
