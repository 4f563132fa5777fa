import Domain

extension Step {
    /// Closing a case after its call-back changes nothing for its reporters, who have had the answer since it was
    /// finished.
    var endsAskedCase: Bool {
        subject.kind == .caseFile && action == CaseAction.close.rawValue && from == CaseState.toCallBack.rawValue
    }

    /// Whether the step's words are those of the answer that the page shows above the history.
    func repeats(_ answer: Step?) -> Bool {
        if self == answer { return true }
        let ends = [CaseAction.close.rawValue, CaseAction.finish.rawValue].contains(action)
        return subject.kind == .caseFile && ends
    }
}
