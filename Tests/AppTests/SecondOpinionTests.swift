import Domain
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework

@Suite("A second opinion on every verb")
struct SecondOpinionTests {
    /// Verbs without which a run has not got far.
    private static let far = ["close", "check", "rule", "reopen", "merge", "split", "void", "selfHandle", "withdraw"]

    /// Runs of a street of their own each, with weights of their own.
    /// - Parameter most: goes on to so many runs while one of the verbs ``far`` was never done.
    private func runs(_ count: Int, most: Int, of deeds: Int, on engine: Engine) async throws {
        var chance = SeededChance("second opinions on \(engine)")
        var done: [String: Int] = [:]
        var refused: [String: Int] = [:]
        var made = 0
        while made < count || made < most && Self.far.contains(where: { done[$0] == nil }) {
            made += 1
            let seed = chance.next()
            let (difference, succeeded, codes) = try await withDatabase(engine, doubleRun: false) { database in
                var opinion = try await Self.opinion(on: database, seed: seed)
                let difference = try await opinion.run(deeds)
                return (difference, opinion.done, opinion.refused)
            }
            #expect(difference == nil, "run of seed \(seed): \(difference ?? "")")
            done.merge(succeeded, uniquingKeysWith: +)
            refused.merge(codes, uniquingKeysWith: +)
        }
        print("\(made * deeds) deeds on \(engine): done \(done), refused \(refused)")
        guard most > count else { return }
        // Runs that never get far prove nothing.
        for verb in Self.far { #expect(done[verb] != nil, "\(verb) was never done; seed \(chance.seed)") }
        #expect(refused.count >= 12, "\(refused)")
    }

    private static func opinion(
        on database: any Database, seed: UInt64, model: NaiveModel = NaiveModel()
    ) async throws -> SecondOpinion {
        let (deployment, clock) = try await TestStreet.build(on: database, seed: seed)
        return try await SecondOpinion(
            TestStreet(deployment: deployment, clock: clock, client: NoClient()), seed: seed, model: model)
    }

    @Test("some thousand deeds of random people: done or refused exactly as the papers say (SQLite)")
    func sqlite() async throws {
        guard Engine.tested.contains(.sqlite) else { return }
        try await runs(10, most: 60, of: 300, on: .sqlite)
    }

    @Test("a few hundred of them on PostgreSQL")
    func postgres() async throws {
        guard Engine.tested.contains(.postgres) else { return }
        try await runs(4, most: 4, of: 200, on: .postgres)
    }

    /// Whether a model with a mistake planted in it is told from the product within some runs.
    private func isFound(_ planted: NaiveModel, _ purpose: String) async throws {
        var chance = SeededChance(purpose)
        for _ in 0..<60 {
            let seed = chance.next()
            let difference = try await withDatabase(.sqlite, doubleRun: false) { database in
                var opinion = try await Self.opinion(on: database, seed: seed, model: planted)
                return try await opinion.run(300)
            }
            if difference != nil { return }
        }
        Issue.record("\(purpose): nobody noticed; seed \(chance.seed)")
    }

    @Test("a wrong arrow is noticed: a task that could not be taken back once it is answered")
    func wrongArrow() async throws {
        var planted = NaiveModel()
        planted.tables.tasks["answered"]?["withdraw"] = nil
        try await isFound(planted, "a wrong arrow")
    }

    @Test("a missing rule is noticed: people who check the work of their own organisation")
    func missingRule() async throws {
        var planted = NaiveModel()
        planted.checksAreIndependent = false
        try await isFound(planted, "a missing rule")
    }
}

/// The second opinion speaks to commands, not to a server.
private struct NoClient: TestClientProtocol {
    var port: Int? { nil }

    func executeRequest(
        uri: String, method: HTTPRequest.Method, headers: HTTPFields, body: ByteBuffer?
    ) async throws -> TestResponse {
        throw TestStreet.Missing("there is no server here")
    }
}
