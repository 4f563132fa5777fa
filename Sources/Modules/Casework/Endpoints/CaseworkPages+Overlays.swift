import Domain
import Web

extension CaseworkPages {
    var overlayActions: [Endpoint] {
        [
            deskAction(CaseworkRoutes.extend, CaseworkPermission.askExtension, "Asks for more time for a task.") {
                (input: ExtensionInput, who, once) in
                (try await input.command.run(by: who.actor, once: once, in: casework), .extensionAsked)
            },
            action(
                CaseworkRoutes.decideExtension, CaseworkPermission.decideExtension,
                "Decides about more time for a task."
            ) {
                (input: ExtensionDecisionInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .extensionDecided
            },
            action(CaseworkRoutes.park, CaseworkPermission.askParking, "Asks that a case waits.") {
                (input: ParkingInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .parkingAsked
            },
            action(CaseworkRoutes.decideParking, CaseworkPermission.decideParking, "Decides whether a case waits.") {
                (input: ParkingDecisionInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .parkingDecided
            },
            action(CaseworkRoutes.unpark, CaseworkPermission.decideParking, "Takes a parked case up again.") {
                (input: VerifyInput, who, once) in
                _ = try await EndParking(caseID: input.caseID, note: input.note)
                    .run(by: who.actor, once: once, in: casework)
                return .unparked
            },
        ]
    }
}
