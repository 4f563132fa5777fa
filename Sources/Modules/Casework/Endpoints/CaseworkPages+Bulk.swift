import Domain
import Storage
import Web

extension CaseworkPages {
    var bulkActions: [Endpoint] {
        [
            bulk(.dispatch, CaseworkPermission.dispatchCase, "Dispatches several cases.") {
                (input: BulkDispatchInput, actor, once) in
                try await casework.outcomes(of: try await casework.dispatch(input, by: actor, once: once), by: actor)
            },
            bulk(.close, CaseworkPermission.closeCase, "Ends several cases.") {
                (input: BulkCloseInput, actor, once) in
                try await casework.outcomes(of: try await casework.close(input, by: actor, once: once), by: actor)
            },
            bulk(.withdraw, CaseworkPermission.withdrawTask, "Takes the tasks of several cases back.") {
                (input: BulkWithdrawInput, actor, once) in
                try await casework.outcomes(of: try await casework.withdraw(input, by: actor, once: once), by: actor)
            },
            bulk(.void, CaseworkPermission.voidCase, "Takes several cases off the books.") {
                (input: BulkVoidInput, actor, once) in
                try await casework.outcomes(of: try await casework.void(input, by: actor, once: once), by: actor)
            },
            bulk(.join, CaseworkPermission.acceptReport, "Takes several reports up with one case.") {
                (input: BulkJoinInput, actor, once) in
                try await casework.outcomes(of: try await casework.join(input, by: actor, once: once), by: actor)
            },
        ]
    }

    /// A form over a list: answers with a page that says what became of each, because each may end differently.
    private func bulk<Input: EndpointInput>(
        _ verb: BulkVerb, _ permission: Permission, _ summary: StaticString,
        _ run: @escaping @Sendable (Input, Actor, Casework.OnceFor) async throws -> [BulkResultPage.Line]
    ) -> Endpoint {
        .action(
            verb.path, access: .holding(permission), summary: summary, errors: ["bulk.nothing-chosen"]
        ) { form, incoming, who in
            let place = try Fields.read(ConsolePlace.self, from: incoming)
            let input = ConsoleInput(place, caseID: nil, form: form, verb: verb.path, bulk: verb)
            return ConsolePage.page(try await casework.consoleModel(input, by: who.actor))
        } _: { (both: Both<ListPlace, Input>, who: SignedIn) in
            let lines = try await run(
                both.second, who.actor,
                casework.onceForEach(of: who.visitor, verb.path.pattern, "\(both.second)"))
            return .page(BulkResultPage.page(BulkResultPage.Model(verb: verb, place: both.first, lines: lines)))
        }
    }
}

/// The list that several things were chosen from.
struct ListPlace: EndpointInput {
    let scope: UUIDValue?
    let queue: Queue?

    init(_ fields: inout Fields) {
        scope = (fields.optionalID("scope") as ID<Scope>?)?.uuid
        queue = fields.optionalChoice("queue")
    }
}

extension Casework {
    /// What became of each case, with the name that the reader knows it by.
    func outcomes(of items: [BulkItem<CaseID>], by actor: Actor) async throws -> [BulkResultPage.Line] {
        let titles = try await database.read { tx in
            let stored = try CaseStore.all(items.map(\.id), tx)
            let tasks = Dictionary(grouping: try TaskStore.all(of: items.map(\.id), tx), by: \.caseID)
            var titles: [CaseID: String] = [:]
            for caseFile in stored {
                let scopes = caseFile.scopes(
                    tasks: tasks[caseFile.id] ?? [], areaScopes: try self.scopes(of: caseFile.area))
                guard actor.may(CaseworkPermission.readCase, on: scopes) else { continue }
                titles[caseFile.id] = [caseFile.number?.description, caseFile.title].compactMap(\.self)
                    .joined(separator: " ")
            }
            return titles
        }
        return items.map { item in
            let title = titles[item.id]
            return BulkResultPage.Line(
                title: title, query: title == nil ? nil : ("case", item.id.description), violations: item.violations)
        }
    }

    func outcomes(of items: [BulkItem<ReportID>], by actor: Actor) async throws -> [BulkResultPage.Line] {
        let titles = try await database.read { tx in
            var titles: [ReportID: String] = [:]
            for report in try ReportStore.all(items.map(\.id), tx) {
                guard actor.may(CaseworkPermission.readReport, on: try scopes(of: report.area)) else { continue }
                titles[report.id] = report.title
            }
            return titles
        }
        return items.map { item in
            let title = titles[item.id]
            return BulkResultPage.Line(
                title: title, query: title == nil ? nil : ("report", item.id.description), violations: item.violations)
        }
    }
}
