import Areas
import Domain
import Files
import Web

extension CaseworkPages {
    var followingActions: [Endpoint] {
        [
            deskAction(CaseworkRoutes.recall, CaseworkPermission.answerTask, "Takes an answer back.") {
                (input: TaskRemarkInput, who, once) in
                (
                    try await RecallAnswer(task: input.task, note: input.note)
                        .run(by: who.actor, once: once, in: casework), .recalled
                )
            },
            deskAction(CaseworkRoutes.progress, CaseworkPermission.answerTask, "Tells how far a task is.") {
                (input: ProgressInput, who, once) in
                (try await input.command.run(by: who.actor, once: once, in: casework), .told)
            },
            deskAction(CaseworkRoutes.assign, CaseworkPermission.assignTask, "Names who handles a task.") {
                (input: AssignInput, who, once) in
                (try await input.command.run(by: who.actor, once: once, in: casework), .assigned)
            },
            action(CaseworkRoutes.remind, CaseworkPermission.remindTask, "Presses for a task.") {
                (input: TaskNoteInput, who, once) in
                _ = try await RemindTask(task: input.task, note: input.note)
                    .run(by: who.actor, once: once, in: casework)
                return .reminded
            },
        ]
    }

    // MARK: Handled on the round

    var selfHandling: [Endpoint] {
        let access = Access<SignedIn>.holding(CaseworkPermission.selfHandleCase)
        return [
            .page(CaseworkRoutes.selfHandle, access: access, summary: "The form for what was found and done at once.") {
                (input: SelfHandledNotice, who: SignedIn) in
                SelfHandlePage.page(casework.selfHandleModel(.empty, number: input.number, by: who.actor))
            },
            .action(
                CaseworkRoutes.selfHandle, access: access, summary: "Takes in what was found and done at once.",
                errors: ["area.unknown", "area.no-street", "matter.unknown", "case.matter-missing"]
            ) { form, _, who in
                SelfHandlePage.page(casework.selfHandleModel(form, number: nil, by: who.actor))
            } _: { (input: Both<SelfHandleInput, AnswerPhotosInput>, who: SignedIn) in
                let receipt = try await casework.selfHandle(
                    input, by: who.actor, once: once(who.visitor, CaseworkRoutes.selfHandle.pattern, "\(input)"))
                return .redirect(to: CaseworkRoutes.selfHandle.url(query: ["number": receipt.number]))
            },
        ]
    }

    private struct SelfHandledNotice: EndpointInput {
        let number: CaseNumber?
        init(_ fields: inout Fields) { number = CaseNumber(fields.optionalText("number", maximum: 40) ?? "") }
    }
}

extension Casework {
    func selfHandle(
        _ input: Both<SelfHandleInput, AnswerPhotosInput>, by actor: Actor, once: Once?
    ) async throws -> SelfHandle.Receipt {
        var command = input.first.command
        let photos = input.second
        command.before = Attachments(
            prepared: try await files.prepare(photos.before, for: "before", taking: [.photo], by: actor),
            waiting: photos.beforeFiles)
        command.after = Attachments(
            prepared: try await files.prepare(photos.after, for: "after", taking: [.photo], by: actor),
            waiting: photos.afterFiles)
        return try await command.run(by: actor, once: once, in: self)
    }

    /// The places that somebody may self-handle in: each area that the right holds in, with all areas below it.
    func selfHandleModel(_ form: FormState, number: CaseNumber?, by actor: Actor) -> SelfHandlePage.Model {
        let tree = areas.tree
        let now = world.now()
        let held = scopesInOrder(actor.scopes(for: CaseworkPermission.selfHandleCase).filter { $0.kind == .area })
        var places: [AreaID] = []
        for scope in held {
            for id in tree.descendants(of: AreaID(scope.id)) where !places.contains(id) { places.append(id) }
        }
        let valid = places.compactMap { tree.area($0) }
            .filter { $0.isValid(at: now) && tree.street(above: $0.id) != nil }
        return SelfHandlePage.Model(places: valid, catalogues: catalogues, number: number, form: form)
    }
}
