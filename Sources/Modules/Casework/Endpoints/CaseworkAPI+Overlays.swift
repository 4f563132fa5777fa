import Domain
import Web

extension CaseworkAPI {
    /// What lies over a case or task and moves or stops its clocks.
    var overlays: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.extending, CaseworkPermission.askExtension,
                "Asks for more time for the organisation's own task.",
                errors: [
                    "task.unknown", "task.not-yours", "overlay.task-not-working", "overlay.exists", "overlay.late",
                    "overlay.not-later",
                ]
            ) { (input: ExtensionInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.extensionDecision, CaseworkPermission.decideExtension,
                "Grants the time that was asked for, or does not; never by who asked.",
                errors: ["task.unknown", "overlay.none", "overlay.approver-asked", "limit.past"]
            ) { (input: ExtensionDecisionInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.parking, CaseworkPermission.askParking, "Asks that a case waits until a day.",
                errors: [
                    "case.unknown", "overlay.case-not-open", "overlay.exists", "overlay.too-long", "limit.past",
                ]
            ) { (input: ParkingInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.parkingDecision, CaseworkPermission.decideParking,
                "Lets a case wait, with all its clocks, or does not; never by who asked.",
                errors: ["case.unknown", "overlay.none", "overlay.approver-asked", "limit.past"]
            ) { (input: ParkingDecisionInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.unparking, CaseworkPermission.decideParking,
                "Takes a case that waits up again before its time.", errors: ["case.unknown", "overlay.none"]
            ) { (input: VerifyInput, actor, once) in
                CaseReceiptJSON(
                    id: try await EndParking(caseID: input.caseID, note: input.note)
                        .run(by: actor, once: once, in: casework))
            },
        ]
    }
}

/// Something that lies, or lay, over a case or task.
struct OverlayJSON: Codable, Sendable {
    let id: OverlayID
    let kind: OverlayKind
    let subject: SubjectKind
    let subjectId: UUIDValue
    let state: OverlayState
    let reason: String
    let requestedAt: String
    let requestedFor: OrganisationID?
    let until: String?
    let beganAt: String?
    let endedAt: String?

    init(_ overlay: Overlay) {
        id = overlay.id
        kind = overlay.kind
        subject = overlay.subject.kind
        subjectId = overlay.subject.id
        state = overlay.state
        reason = overlay.reason
        requestedAt = overlay.requestedAt.iso8601(at: .china)
        requestedFor = overlay.requestedFor
        until = overlay.until?.iso8601(at: .china)
        beganAt = overlay.beganAt?.iso8601(at: .china)
        endedAt = overlay.endedAt?.iso8601(at: .china)
    }
}
