import Domain
import HTTPTypes
import Web

extension CaseworkAPI {
    /// Verbs for several things at once: each in a transaction of its own, with an outcome of its own.
    var bulks: [Endpoint] {
        [
            bulk(
                CaseworkRoutes.API.bulkDispatch, CaseworkPermission.dispatchCase,
                "Dispatches several cases with one order."
            ) { (input: BulkDispatchInput, actor, once) in
                BulkJSON(try await casework.dispatch(input, by: actor, once: once))
            },
            bulk(
                CaseworkRoutes.API.bulkClosing, CaseworkPermission.closeCase, "Ends several cases with one answer."
            ) { (input: BulkCloseInput, actor, once) in
                BulkJSON(try await casework.close(input, by: actor, once: once))
            },
            bulk(
                CaseworkRoutes.API.bulkWithdrawal, CaseworkPermission.withdrawTask,
                "Takes the tasks of several cases back."
            ) { (input: BulkWithdrawInput, actor, once) in
                BulkJSON(try await casework.withdraw(input, by: actor, once: once))
            },
            bulk(
                CaseworkRoutes.API.bulkVoiding, CaseworkPermission.voidCase, "Takes several cases off the books."
            ) { (input: BulkVoidInput, actor, once) in
                BulkJSON(try await casework.void(input, by: actor, once: once))
            },
            bulk(
                CaseworkRoutes.API.bulkJoining, CaseworkPermission.acceptReport,
                "Takes several reports up with one case.", errors: ["case.unknown", "case.number-unreadable"]
            ) { (input: BulkJoinInput, actor, once) in
                BulkJSON(try await casework.join(input, by: actor, once: once))
            },
        ]
    }

    private func bulk<Input: EndpointInput>(
        _ path: RoutePath, _ permission: Permission, _ summary: StaticString, errors: [String] = [],
        _ run: @escaping @Sendable (Input, Actor, Casework.OnceFor) async throws -> BulkJSON
    ) -> Endpoint {
        .json(
            .post, path, access: .holding(permission), summary: summary, errors: ["bulk.nothing-chosen"] + errors
        ) { (input: Input, who: SignedIn) in
            try await run(input, who.actor, casework.onceForEach(of: who.visitor, path.pattern, "\(input)"))
        }
    }
}

extension Casework {
    /// A key for each item of a request that names several.
    func onceForEach(of visitor: Visitor, _ deed: String, _ input: String) -> OnceFor {
        { item in
            Once(
                key: visitor.idempotencyKey.map { "\($0) \(item)" }, actor: visitor.actor, deed: deed, input: input,
                keys: keys)
        }
    }
}
