public import Domain

/// What a deployment settles about asking reporters and about their objections.
public struct VoicePolicy: Hashable, Sendable {
    /// After so many tries that reached nobody a case may be closed; at least 1.
    public var callbackTries: Int
    /// For so many days after an answer or a refusal its sender may object; at least 1.
    public var objectionDays: Int

    /// Three tries and thirty days: practice of several hotlines.
    public init(callbackTries: Int = 3, objectionDays: Int = 30) {
        precondition(callbackTries > 0 && objectionDays > 0, "a policy that lets nobody be asked or object")
        self.callbackTries = callbackTries
        self.objectionDays = objectionDays
    }

    /// Until when the sender may object to what was told at that moment.
    public func objectionEnds(after told: Instant) -> Instant {
        told.advanced(bySeconds: Int64(objectionDays) * 86_400)
    }
}

/// Whether the reporters of a case have been asked since its work was finished.
public struct Asking: Hashable, Sendable {
    /// Whether there is anybody to ask: somebody who is no patrol, has not withdrawn and left a number.
    public var isDue: Bool
    /// Tries since the work was finished.
    public var tries: Int
    /// What those said who were reached, and those who rated by themselves; since the work was finished.
    public var said: [Said]
    /// After so many tries nobody has to try again.
    public var triesNeeded: Int

    public init(isDue: Bool, tries: Int = 0, said: [Said] = [], triesNeeded: Int = VoicePolicy().callbackTries) {
        self.isDue = isDue
        self.tries = tries
        self.said = said
        self.triesNeeded = triesNeeded
    }

    /// A case whose reporters cannot or need not be asked.
    public static let nobody = Asking(isDue: false)

    /// Somebody was reached, or it was tried as often as the policy demands, or there is nobody left to ask.
    public var isDone: Bool { !said.isEmpty || tries >= triesNeeded || !isDue }
    public var hasComplaint: Bool { said.contains(where: \.isComplaint) }

    /// - Parameters:
    ///   - reports: all reports of the case.
    ///   - reachable: those of them that left a number.
    ///   - callbacks: the tries since the work was finished.
    ///   - ratings: what senders said of the last answer by themselves.
    public init(
        reports: [Report], reachable: Set<ReportID>, callbacks: [Callback] = [], ratings: [Said] = [],
        policy: VoicePolicy
    ) {
        self.init(
            isDue: reports.contains { $0.mayBeAsked && reachable.contains($0.id) }, tries: callbacks.count,
            said: callbacks.compactMap(\.said) + ratings, triesNeeded: policy.callbackTries)
    }
}

extension Report {
    /// Whether its sender is somebody to ask about the result: no patrol, and still waiting for it.
    public var mayBeAsked: Bool { !channel.isPatrol && state != .withdrawn }
}
