/// The page `docs/state-machines.md`, printed from the machines. A test holds that the page is up to date.
public func stateMachinesMarkdown() -> String {
    """
    # State machines of casework

    Printed from `Sources/Modules/Casework/Rules/*Machine.swift`; do not edit. After a change of the machines:
    `LINLI_WRITE_DOCS=1 swift test --filter StateMachineDocument`.

    What a person sees as the *phase* of an open case is no state: it is derived from the states of its tasks
    (`CasePhase`). Parking, extension, dispute, waiting and meeting are overlays: they pause or move limits.

    \(section("Report", ReportState.machine))
    \(section("Case", CaseState.machine))
    \(section("Task", TaskState.machine))
    \(section("Overlay", OverlayState.machine))
    \(section("Limit", LimitStanding.machine))
    ## Kinds of overlay

    | kind | lies over | begins with | clock |
    |---|---|---|---|
    \(OverlayKind.allCases.map(overlayRow).joined(separator: "\n"))

    """
}

private func section<State: Code, Action: Code>(_ title: String, _ machine: StateMachine<State, Action>) -> String {
    let arrows = machine.edges.map { edge in
        "    \(edge.from.map(name) ?? "[*]") --> \(name(edge.to)): \(edge.action.rawValue)"
    }
    let ends = State.allCases.filter(machine.ends.contains).map { "    \(name($0)) --> [*]" }
    let rows = machine.edges.map { edge in
        "| \(edge.from?.rawValue ?? "") | \(edge.action.rawValue) | \(edge.to.rawValue) | \(edge.reason) |"
    }
    return """
        ## \(title)

        ```mermaid
        stateDiagram-v2
        \((arrows + ends).joined(separator: "\n"))
        ```

        | from | action | to | why |
        |---|---|---|---|
        \(rows.joined(separator: "\n"))

        """
}

/// Mermaid takes a hyphen in a name for the beginning of an arrow.
private func name(_ state: some Code) -> String {
    String(state.rawValue.map { $0 == "-" ? "_" : $0 })
}

private func overlayRow(_ kind: OverlayKind) -> String {
    let subjects = SubjectKind.allCases.filter(kind.subjects.contains).map(\.rawValue).joined(separator: ", ")
    let birth: OverlayAction = kind.needsApproval ? .request : .begin
    return "| \(kind.rawValue) | \(subjects) | \(birth.rawValue) | \(kind.pausesClock ? "stands still" : "runs") |"
}
