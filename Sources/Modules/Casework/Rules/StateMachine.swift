public import Domain

/// A life as data: which action leads from which state to which, and why.
public struct StateMachine<State: Code, Action: Code>: Sendable {
    /// One arrow of the picture.
    public struct Edge: Sendable {
        /// `nil` where the life begins.
        public let from: State?
        public let action: Action
        public let to: State
        /// Why the arrow exists.
        public let reason: String

        public init(_ from: State?, _ action: Action, _ to: State, _ reason: String) {
            self.from = from
            self.action = action
            self.to = to
            self.reason = reason
        }
    }

    public let edges: [Edge]
    /// The actions that begin a life.
    public let births: [Action: State]
    public let transitions: [State: [Action: State]]
    private let refusal: @Sendable (State?, Action) -> RuleViolation

    /// - Parameters:
    ///   - edges: every arrow once; an action leads from one state to one state only.
    ///   - refusal: what to throw for an action that the state does not allow.
    public init(_ edges: [Edge], refusal: @escaping @Sendable (State?, Action) -> RuleViolation) {
        var births: [Action: State] = [:]
        var transitions: [State: [Action: State]] = [:]
        for edge in edges {
            let before: State?
            if let from = edge.from {
                before = transitions[from, default: [:]].updateValue(edge.to, forKey: edge.action)
            } else {
                before = births.updateValue(edge.to, forKey: edge.action)
            }
            precondition(before == nil, "two arrows \(edge.action) from \(String(describing: edge.from))")
        }
        self.edges = edges
        self.births = births
        self.transitions = transitions
        self.refusal = refusal
    }

    /// The state that a life begins with.
    public func beginning(with action: Action) throws(RuleViolation) -> State {
        guard let state = births[action] else { throw refusal(nil, action) }
        return state
    }

    /// The state after the action; throws the machine's conflict when the state does not allow it.
    public func applying(_ action: Action, to state: State) throws(RuleViolation) -> State {
        guard let next = transitions[state]?[action] else { throw refusal(state, action) }
        return next
    }

    /// The actions that the state allows, in the order of declaration.
    public func actions(from state: State) -> [Action] {
        Action.allCases.filter { transitions[state]?[$0] != nil }
    }

    /// The states that nothing leads out of.
    public var ends: Set<State> {
        Set(State.allCases.filter { (transitions[$0] ?? [:]).isEmpty })
    }
}
