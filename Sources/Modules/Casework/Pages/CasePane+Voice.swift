import Domain
import Web

/// What the reporters said, beside what the centre decided.
extension CasePane {
    /// Every try to ask them, newest first.
    func callbacks(_ detail: CaseDetail) -> HTML {
        guard !detail.callbacks.isEmpty else { return HTML() }
        let items = detail.callbacks.reversed().map { callback -> HTML in
            let who = callback.account.flatMap { detail.names.accounts[$0] } ?? ""
            var said: [String] = []
            if let answer = callback.said {
                said.append(view.t(.code("casework.solved", answer.isSolved ? "yes" : "no")))
                said.append(
                    answer.satisfaction.map { view.t($0) } ?? view.t("casework.call-back.satisfaction-unsaid"))
            }
            let result: CallbackResult = callback.said == nil ? .notReached : .reached
            return """
                <li class="stack-s stack sign"><div class="head"><b>\(view.t(result))</b><span class="mark">\(view.t(callback.means))</span></div>
                <p class="faint">\(view.shortMoment(callback.at)) · \(who)</p>\(said.isEmpty ? HTML() : "<p class=\"said\">\(said.joined(separator: " · "))</p>")\(callback.note.map { "<p class=\"said\">\($0)</p>" as HTML })</li>
                """
        }
        return
            "<section class=\"stack-s stack\" aria-labelledby=\"asked\"><h3 id=\"asked\">\(view.t("casework.pane.callbacks"))</h3><ul class=\"rows\">\(items)</ul></section>"
    }

    /// What senders said by themselves: ratings and objections, newest first.
    func voices(_ ratings: [Rating], _ objections: [Objection], _ names: Names) -> HTML {
        guard !ratings.isEmpty || !objections.isEmpty else { return HTML() }
        let entries = ratings.map { ($0.at, rating($0)) } + objections.map { ($0.at, objection($0, names)) }
        let items = entries.sorted { $0.0 > $1.0 }.map(\.1)
        return
            "<section class=\"stack-s stack\" aria-labelledby=\"voices\"><h3 id=\"voices\">\(view.t("casework.pane.voices"))</h3><ul class=\"rows\">\(items)</ul></section>"
    }

    private func rating(_ rating: Rating) -> HTML {
        var said = [view.t(.code("casework.solved", rating.said.isSolved ? "yes" : "no"))]
        if let satisfaction = rating.said.satisfaction { said.append(view.t(satisfaction)) }
        if let contacted = rating.wasContacted {
            said.append(view.t(.code("casework.pane.contacted", contacted ? "yes" : "no")))
        }
        return """
            <li class="stack-s stack sign"><div class="head"><b>\(said.joined(separator: " · "))</b><span class="mark">\(view.t(ReportAction.rate))</span></div>
            <p class="faint">\(view.shortMoment(rating.at))</p>\(rating.words.map { "<p class=\"said\">\($0)</p>" as HTML })</li>
            """
    }

    private func objection(_ objection: Objection, _ names: Names) -> HTML {
        let decided: HTML =
            objection.decision.map { decision in
                let who = decision.account.flatMap { names.accounts[$0] } ?? ""
                return """
                    <p class="faint">\(view.t(decision.ruling)) · \(view.shortMoment(decision.at)) · \(who)\(decision.publicNote.map { " · \($0)" as HTML })</p>
                    """
            } ?? HTML()
        return """
            <li class="stack-s stack sign"><div class="head"><b>\(view.t(objection.contested))</b><span class="mark\(" mark-on", if: objection.decision == nil)">\(view.t(ReportAction.object))</span></div>
            <p class="faint">\(view.shortMoment(objection.at))</p><p class="said">\(objection.words)</p>\(decided)</li>
            """
    }

    /// What the sender added to the report.
    func supplements(_ supplements: [Supplement], of report: Report) -> [HTML] {
        supplements.filter { $0.report == report.id }.map { supplement in
            """
            <blockquote class="quote stack-s stack"><p>\(lines(supplement.text))</p><p class="faint">\(view.t(ReportAction.supplement)) · \(view.shortMoment(supplement.at))\(supplement.account == nil ? HTML() : " · \(view.t("casework.pane.entered"))")</p></blockquote>
            """
        }
    }

    /// What became of the report, leading to it: a seat enters there what a caller says.
    func reportLink(_ report: Report, _ detail: CaseDetail) -> HTML {
        guard detail.seesReports else { return " · \(view.t(report.state))" }
        let url = CaseworkRoutes.console.url(query: ["report": report.id.description]).at("case")
        return " · <a class=\"link\" href=\"\(url)\">\(view.t(report.state))</a>"
    }
}
