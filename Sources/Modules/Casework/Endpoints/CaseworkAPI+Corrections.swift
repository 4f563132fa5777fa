import Domain
import Web

extension CaseworkAPI {
    /// What happens to a case off the straight way.
    var corrections: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.declining, CaseworkPermission.declineCase,
                "Does not file a case; everybody who reported it is told why.",
                errors: ["case.unknown", "case.not-now"]
            ) { (input: DeclineInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.sendingBack, CaseworkPermission.fileCase, "Sends a case back to verification.",
                errors: ["case.unknown", "case.not-now"]
            ) { (input: CaseNoteInput, actor, once) in
                CaseReceiptJSON(
                    id: try await SendBackCase(caseID: input.caseID, note: input.note)
                        .run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.reconsideration, CaseworkPermission.reconsiderCase,
                "Looks again at the decision not to file.", errors: ["case.unknown", "case.not-now"]
            ) { (input: CaseNoteInput, actor, once) in
                CaseReceiptJSON(
                    id: try await ReconsiderCase(caseID: input.caseID, note: input.note)
                        .run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.amendment, CaseworkPermission.amendCase,
                "Puts title, matter or area of a case right.",
                errors: [
                    "case.unknown", "case.not-now", "case.nothing-amended", "matter.unknown", "area.unknown",
                ]
            ) { (input: AmendInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.archiving, CaseworkPermission.archiveCase,
                "Puts a case away; nothing changes any more.", errors: ["case.unknown", "case.not-now"]
            ) { (input: VerifyInput, actor, once) in
                CaseReceiptJSON(
                    id: try await ArchiveCase(caseID: input.caseID, note: input.note)
                        .run(by: actor, once: once, in: casework))
            },
        ]
    }

    /// What undoes or joins cases.
    var regroupings: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.voiding, CaseworkPermission.voidCase,
                "Takes a case off the books; its number stays there, its tasks are withdrawn, its reporters are told.",
                errors: ["case.unknown", "case.not-now"]
            ) { (input: VoidInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.merging, CaseworkPermission.mergeCase,
                "Lets a case go on in another one that is about the same thing.",
                errors: ["case.unknown", "case.not-now", "case.merge-itself", "case.not-joinable"]
            ) { (input: MergeInput, actor, once) in
                CaseReceiptJSON(id: try await casework.merge(input, by: actor, once: once))
            },
            verb(
                CaseworkRoutes.API.splitting, CaseworkPermission.mergeCase,
                "Lets a report go that was joined to the wrong case.",
                errors: [
                    "case.unknown", "case.not-now", "case.last-report", "report.of-another-case", "report.not-now",
                    "case.not-patrol", "matter.unknown",
                ]
            ) { (input: SplitInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
        ]
    }
}

extension Casework {
    /// The case that goes on is named as people name it: by its number, or by its identifier.
    func merge(_ input: MergeInput, by actor: Actor, once: Once?) async throws -> CaseID {
        var into = input.intoID
        if let number = input.number { into = try await caseDetail(numbered: number, by: actor).caseFile.id }
        guard let into else { throw Authority.noCase }
        return try await MergeCase(caseID: input.caseID, into: into, note: input.note)
            .run(by: actor, once: once, in: self)
    }
}
