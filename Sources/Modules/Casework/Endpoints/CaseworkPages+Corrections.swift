import Domain
import Web

extension CaseworkPages {
    var correctionActions: [Endpoint] {
        [
            action(CaseworkRoutes.decline, CaseworkPermission.declineCase, "Does not file a case.") {
                (input: DeclineInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .declined
            },
            action(CaseworkRoutes.sendBack, CaseworkPermission.fileCase, "Sends a case back to verification.") {
                (input: CaseNoteInput, who, once) in
                _ = try await SendBackCase(caseID: input.caseID, note: input.note)
                    .run(by: who.actor, once: once, in: casework)
                return .toVerifyAgain
            },
            action(CaseworkRoutes.reconsider, CaseworkPermission.reconsiderCase, "Looks at a decision again.") {
                (input: CaseNoteInput, who, once) in
                _ = try await ReconsiderCase(caseID: input.caseID, note: input.note)
                    .run(by: who.actor, once: once, in: casework)
                return .reconsidered
            },
            action(CaseworkRoutes.amend, CaseworkPermission.amendCase, "Puts a case right.") {
                (input: AmendInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .amended
            },
            action(CaseworkRoutes.archive, CaseworkPermission.archiveCase, "Puts a case away.") {
                (input: VerifyInput, who, once) in
                _ = try await ArchiveCase(caseID: input.caseID, note: input.note)
                    .run(by: who.actor, once: once, in: casework)
                return .archived
            },
            action(CaseworkRoutes.void, CaseworkPermission.voidCase, "Takes a case off the books.") {
                (input: VoidInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .voided
            },
            action(CaseworkRoutes.merge, CaseworkPermission.mergeCase, "Lets a case go on in another one.") {
                (input: MergeInput, who, once) in
                _ = try await casework.merge(input, by: who.actor, once: once)
                return .merged
            },
            action(CaseworkRoutes.split, CaseworkPermission.mergeCase, "Lets a report go from a case.") {
                (input: SplitInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .split
            },
        ]
    }
}
