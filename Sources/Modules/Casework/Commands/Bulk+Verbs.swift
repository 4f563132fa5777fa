import Domain

/// The verbs that can be asked of several at once. Each is the verb of one, run once for each.
extension Casework {
    /// Gives an item a key of its own under the key of the whole request.
    typealias OnceFor = @Sendable (_ item: String) -> Once?

    func dispatch(_ input: BulkDispatchInput, by actor: Actor, once: OnceFor) async throws -> [BulkItem<CaseID>] {
        try await each(input.cases) { id in
            _ = try await DispatchCase(caseID: id, order: input.order)
                .run(by: actor, once: once(id.description), in: self)
        }
    }

    func close(_ input: BulkCloseInput, by actor: Actor, once: OnceFor) async throws -> [BulkItem<CaseID>] {
        try await each(input.cases) { id in
            _ = try await CloseCase(caseID: id, closing: input.closing)
                .run(by: actor, once: once(id.description), in: self)
        }
    }

    func withdraw(_ input: BulkWithdrawInput, by actor: Actor, once: OnceFor) async throws -> [BulkItem<CaseID>] {
        try await each(input.cases) { id in
            _ = try await WithdrawTasks(caseID: id, note: input.note)
                .run(by: actor, once: once(id.description), in: self)
        }
    }

    func void(_ input: BulkVoidInput, by actor: Actor, once: OnceFor) async throws -> [BulkItem<CaseID>] {
        try await each(input.cases) { id in
            _ = try await VoidCase(caseID: id, publicNote: input.publicNote, note: input.note)
                .run(by: actor, once: once(id.description), in: self)
        }
    }

    /// - Throws: `case.unknown` when there is no such case to join.
    func join(_ input: BulkJoinInput, by actor: Actor, once: OnceFor) async throws -> [BulkItem<ReportID>] {
        var target = input.caseID
        if let number = input.number { target = try await caseDetail(numbered: number, by: actor).caseFile.id }
        guard let target else { throw Authority.noCase }
        return try await each(input.reports) { id in
            _ = try await JoinReport(report: id, caseID: target, note: input.note)
                .run(by: actor, once: once(id.description), in: self)
        }
    }
}
