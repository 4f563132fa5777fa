import Domain
import Web

/// A case or a report as staff read it: what was said, who has it, what happened.
struct CasePane {
    let view: View
    let catalogues: Catalogues
    let areaNames: [AreaID: LocalizedName]

    private func place(_ area: AreaID) -> String {
        areaNames[area].map { view.name($0) } ?? "–"
    }

    // MARK: A report

    func report(_ detail: ReportDetail) -> HTML {
        let report = detail.report
        return """
            <div class="pane-in stack stack-m grow"><header class="stack-s stack">
            <p class="row"><span class="plate">\(report.trackingCode.description)</span><span class="mark mark-on">\(view.t(report.state))</span><span class="mark">\(view.t(report.channel))</span></p>
            <h2 id="case-h" class="title">\(report.title)</h2></header>
            \(detail.limit.map { "<dl class=\"limits\">\(view.limits([$0], [:]))</dl>" as HTML })
            <dl class="facts"><dt>\(view.t("casework.fact.received"))</dt><dd>\(view.moment(report.receivedAt))</dd>
            <dt>\(view.t("casework.fact.place"))</dt><dd>\(place(report.area))\(report.place.map { " · \($0)" as HTML })</dd>
            \(report.hint.map { "<dt>\(view.t("casework.fact.hint"))</dt><dd>\(view.matter($0, catalogues))</dd>" as HTML })
            \(detail.label.map { "<dt>\(view.t("casework.fact.label"))</dt><dd>\($0)</dd>" as HTML })
            \(detail.phoneMask.map { "<dt>\(view.t("casework.fact.phone"))</dt><dd class=\"code\">\($0)</dd>" as HTML })</dl>
            <section class="stack-s stack" aria-labelledby="said"><h3 id="said">\(view.t("casework.pane.said")) <span class="faint">\(view.t("casework.pane.said-hint"))</span></h3>
            <blockquote class="quote stack-s stack"><p>\(lines(report.text))</p></blockquote>\(supplements(detail.supplements, of: report))\(view.photos(detail.evidence))\(DisclosurePage.link(report.id, view))</section>
            \(voices(detail.ratings, detail.objections, detail.names))\(history(detail.steps, detail.names))</div>
            """
    }

    // MARK: A case

    func caseFile(_ detail: CaseDetail) -> HTML {
        "<div class=\"pane-in stack stack-m grow\">\(caseBody(detail))</div>"
    }

    /// The same without the padding of a pane.
    func caseBody(_ detail: CaseDetail) -> HTML {
        let caseFile = detail.caseFile
        let number =
            caseFile.number.map { "<span class=\"plate\">\($0.description)</span>" as HTML }
            ?? "<span class=\"mark\">\(view.t("casework.pane.no-number"))</span>"
        return """
            <header class="stack-s stack">
            <p class="row">\(number)<span class="mark mark-on">\(view.t(detail.phase))</span>\(caseFile.outcome.map { "<span class=\"mark\">\(view.t($0))</span>" as HTML })</p>
            <h2 id="case-h" class="title">\(caseFile.title)</h2></header>
            <dl class="limits">\(view.limits(detail.limits, detail.names.organisations))
            <div><dt>\(view.t("casework.fact.opened"))</dt><dd><b>\(view.shortMoment(caseFile.openedAt))</b></dd></div>
            <div><dt>\(view.t("casework.fact.place"))</dt><dd><b>\(place(caseFile.area))</b></dd></div></dl>
            <dl class="facts"><dt>\(view.t("casework.fact.matter"))</dt><dd>\(view.matter(caseFile.matter, catalogues))</dd>
            \(caseFile.publicAnswer.map { "<dt>\(view.t("casework.fact.answer"))</dt><dd>\($0)</dd>" as HTML })</dl>
            \(view.overlays(detail.overlays))\(tasks(detail))\(callbacks(detail))\(voices(detail.ratings, detail.objections, detail.names))\(reports(detail))\(history(detail.steps, detail.names))
            """
    }

    private func tasks(_ detail: CaseDetail) -> HTML {
        guard !detail.tasks.isEmpty else { return HTML() }
        let items = detail.tasks.map { task -> HTML in
            let name = detail.names.organisations[task.organisation].map { view.name($0) } ?? "–"
            var said = HTML()
            if let answer = task.answer {
                said += "<p class=\"said\"><b>\(view.t(answer.outcome))</b> \(answer.publicText ?? "")</p>"
                if let text = answer.internalText {
                    said += "<p class=\"faint\">\(view.t("casework.pane.internal")) · \(text)</p>"
                }
            }
            if let check = task.check, let note = check.note {
                said += "<p class=\"faint\">\(view.t(check.verdict)) · \(note)</p>"
            }
            return """
                <li class="stack-s stack sign"><div class="head"><b>\(name)</b><span class="mark\(" mark-on", if: task.state != .withdrawn)">\(view.t(task.state))</span></div>
                <p class="faint">\(view.t(task.role)) · \(view.t(task.ground))\(task.groundReference.isEmpty ? "" : " · \(task.groundReference)")</p>\(assignee(task, detail.names))\(said)\(view.photos(detail.evidence(of: task)))</li>
                """
        }
        return
            "<section class=\"stack-s stack\" aria-labelledby=\"tasks\"><h3 id=\"tasks\">\(view.t("casework.pane.tasks"))</h3><ul class=\"rows\">\(items)</ul></section>"
    }

    private func reports(_ detail: CaseDetail) -> HTML {
        let quotes = detail.reports.map { report -> HTML in
            """
            <blockquote class="quote stack-s stack"><p>\(lines(report.text))</p><p class="faint">\(view.shortMoment(report.receivedAt)) · \(view.t(report.channel))\(report.place.map { " · \($0)" as HTML })\(reportLink(report, detail))</p></blockquote>\(supplements(detail.supplements, of: report))\(view.photos(detail.evidence(of: report)))\(DisclosurePage.link(report.id, view))
            """
        }
        return """
            <section class="stack-s stack" aria-labelledby="said"><h3 id="said">\(view.t("casework.pane.said")) <span class="faint">\(view.t(Phrase("casework.pane.said-count", count: detail.reports.count)))</span></h3>\(quotes)</section>
            """
    }

    private func history(_ steps: [Step], _ names: Names) -> HTML {
        let rows = steps.reversed().map { step -> HTML in
            let account =
                step.account.flatMap { names.accounts[$0] }
                ?? view.t(
                    step.organisation == nil && step.subject.kind != .limit && step.subject.kind != .overlay
                        ? "casework.pane.sender" : "casework.pane.system")
            let organisation = step.organisation.flatMap { names.organisations[$0] }.map { view.name($0) } ?? ""
            let target = step.detail.target.flatMap { names.organisations[$0] }.map { view.name($0) }
            let ground = step.detail.ground.map { "\(view.t($0)) \(step.detail.groundReference ?? "")" }
            let told = [
                limitTold(step), changes(step, names), target, ground ?? step.detail.groundReference, reason(step),
                step.detail.publicNote,
                step.detail.note,
            ].compactMap(\.self).joined(
                separator: " · ")
            return """
                <tr><td class="nowrap">\(view.shortMoment(step.at))</td><td class="nowrap">\(view.t(.code(actionFamily(step), step.action)))</td><td>\(account) <br><span class="faint">\(organisation)</span></td><td>\(told)</td></tr>
                """
        }
        return """
            <div class="stack-s stack"><h3 id="history">\(view.t("casework.pane.history"))</h3><div class="scroll-x" tabindex="0" role="region" aria-labelledby="history"><table class="table table-slim table-steps"><caption class="hide">\(view.t("casework.pane.history"))</caption>
            <thead><tr><th scope="col">\(view.t("casework.pane.at"))</th><th scope="col">\(view.t("casework.pane.action"))</th><th scope="col">\(view.t("casework.pane.who"))</th><th scope="col">\(view.t("casework.pane.what"))</th></tr></thead><tbody>\(rows)</tbody></table></div></div>
            """
    }

    /// Who handles it in the organisation.
    private func assignee(_ task: CaseTask, _ names: Names) -> HTML? {
        task.assignee.map { person in
            "<p class=\"faint\">\(view.t("casework.field.assignee")) \(names.accounts[person] ?? "–")</p>"
        }
    }

    /// What a correction changed, in the names that people know.
    private func changes(_ step: Step, _ names: Names) -> String? {
        guard !step.detail.changes.isEmpty else { return nil }
        return step.detail.changes.map { change in
            let name = { (value: String?) -> String in
                guard let value else { return "–" }
                return switch change.field {
                case .title, .caseFile: value
                case .matter: view.matter(MatterReference(value), catalogues)
                case .area: AreaID(value).map { place($0) } ?? "–"
                case .assignee: AccountID(value).flatMap { names.accounts[$0] } ?? "–"
                }
            }
            return view.t(
                Phrase(
                    "casework.pane.changed",
                    ["field": view.t(change.field), "from": name(change.from), "to": name(change.to)]))
        }.joined(separator: "  ")
    }

    /// The shown name of why something was refused.
    private func reason(_ step: Step) -> String? {
        guard let reason = step.detail.reason else { return nil }
        return switch (step.subject.kind, step.action) {
        case (.task, TaskAction.refuse.rawValue): TaskRefusalReason(rawValue: reason).map { view.t($0) }
        case (.report, ReportAction.refuse.rawValue): RefusalReason(rawValue: reason).map { view.t($0) }
        default: nil
        }
    }

    /// Which clock a step of supervision is about, and where it ends now.
    private func limitTold(_ step: Step) -> String? {
        guard step.subject.kind == .limit || step.subject.kind == .overlay else { return nil }
        let due = step.detail.dueAt.map { view.plainMoment($0) }
        let reason = step.detail.reason.map { reason in
            LimitStage(rawValue: reason).map { view.t($0) } ?? LimitMove(rawValue: reason).map { view.t($0) }
                ?? OverlayKind(rawValue: reason).map { view.t($0) } ?? reason
        }
        return [reason, due].compactMap(\.self).joined(separator: " · ")
    }

    private func actionFamily(_ step: Step) -> String {
        switch step.subject.kind {
        case .report: ReportAction.family
        case .caseFile: CaseAction.family
        case .task: TaskAction.family
        case .overlay: OverlayAction.family
        case .limit: LimitAction.family
        }
    }

    /// Line ends of the sender stay visible.
    func lines(_ text: String) -> [HTML] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            index == 0 ? "\(String(line))" : "<br>\(String(line))"
        }
    }
}
