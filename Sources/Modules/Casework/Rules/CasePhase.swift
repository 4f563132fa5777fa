/// How far a case is, for people and lists. Derived from the case's state and its tasks, never stored by hand.
public enum CasePhase: String, Code {
    case toVerify = "to-verify"
    case toFile = "to-file"
    case notFiled = "not-filed"
    /// No lead, or an organisation refused: the dispatcher's move (待派遣).
    case toDispatch = "to-dispatch"
    /// An organisation has not signed (待签收).
    case toSign = "to-sign"
    /// Being handled (处置中).
    case working
    /// An organisation has answered (待核查).
    case toCheck = "to-check"
    /// Sent back by the check, or taken up again (返工).
    case rework
    /// All tasks passed: the case can be ended (待结案).
    case toClose = "to-close"
    case toCallBack = "to-call-back"
    case closed
    case archived
    case void

    public static let family = "casework.case.phase"

    /// Derives the phase. The centre's move comes before the organisations', the slowest organisation before the
    /// quicker: a refusal, then an answer to check, then a missing signature, then rework, then work.
    public init(of state: CaseState, tasks: some Sequence<TaskSummary>) {
        switch state {
        case .toVerify: self = .toVerify
        case .toFile: self = .toFile
        case .notFiled: self = .notFiled
        case .toCallBack: self = .toCallBack
        case .closed: self = .closed
        case .archived: self = .archived
        case .void: self = .void
        case .open: self = CasePhase(ofOpenWith: tasks.filter(\.state.isLive))
        }
    }

    private init(ofOpenWith tasks: [TaskSummary]) {
        if !tasks.contains(where: { $0.role == .lead }) || tasks.contains(where: { $0.state == .refused }) {
            self = .toDispatch
        } else if tasks.contains(where: { $0.state == .answered }) {
            self = .toCheck
        } else if tasks.contains(where: { $0.state == .offered }) {
            self = .toSign
        } else if tasks.contains(where: { $0.state == .working && $0.reworks > 0 }) {
            self = .rework
        } else if tasks.contains(where: { $0.state == .working }) {
            self = .working
        } else {
            self = .toClose
        }
    }

    /// The desk whose list the case waits in.
    public var queue: Queue {
        switch self {
        case .toVerify: .verify
        case .toFile: .file
        case .toDispatch: .dispatch
        case .toSign: .sign
        case .working, .rework: .work
        case .toCheck: .check
        case .toClose: .close
        case .toCallBack: .callBack
        case .notFiled, .closed, .archived, .void: .none
        }
    }
}

/// What the phase has to know of a task.
public struct TaskSummary: Hashable, Sendable {
    public let role: TaskRole
    public let state: TaskState
    public let reworks: Int

    public init(role: TaskRole, state: TaskState, reworks: Int) {
        self.role = role
        self.state = state
        self.reworks = reworks
    }
}

extension CaseTask {
    public var summary: TaskSummary { TaskSummary(role: role, state: state, reworks: reworks) }
}

extension Case {
    /// The phase with these tasks, which are all tasks of the case.
    public func phase(with tasks: some Sequence<CaseTask>) -> CasePhase {
        CasePhase(of: state, tasks: tasks.map(\.summary))
    }
}
