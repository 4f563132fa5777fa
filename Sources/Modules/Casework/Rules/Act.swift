public import Domain

/// Who does something, when, and where the identifiers of what it makes come from.
public struct Act: Sendable {
    public let at: Instant
    /// `nil` for a resident who has not signed in, and for the system.
    public let account: AccountID?
    /// The organisation acted for.
    public let organisation: OrganisationID?
    private let makeID: @Sendable () -> UUIDValue

    public init(
        at: Instant, account: AccountID?, organisation: OrganisationID?, makeID: @escaping @Sendable () -> UUIDValue
    ) {
        self.at = at
        self.account = account
        self.organisation = organisation
        self.makeID = makeID
    }

    /// The act of that person at the world's present moment.
    public init(of actor: Actor, in world: World) {
        self.init(at: world.now(), account: actor.account, organisation: actor.organisation) {
            world.id(Step.self).uuid
        }
    }

    func id<Made>(_: Made.Type = Made.self) -> ID<Made> { ID(makeID()) }
}

/// A case after a verb that changes its tasks too.
public struct CaseChange: Sendable {
    public let caseFile: Case
    /// Those that have changed.
    public let tasks: [CaseTask]
    /// The case's step, then one for each task.
    public let steps: [Step]
}

/// A value after a verb, and the step to append to its history.
public struct Change<Value: Sendable>: Sendable {
    public let value: Value
    public let step: Step
}
