import Domain
import Web

extension View {
    /// What is left of a limit, in its own unit: `剩2工作日`, `剩0:42`, `超0:18`, `停`.
    func left(_ entry: LimitView) -> HTML {
        guard entry.limit.pausedAt == nil else { return "<b class=\"left faint\">\(t("casework.limits.paused"))</b>" }
        let amount: String
        switch entry.left {
        case .days(let days) where days > 0:
            amount = t(
                Phrase("casework.limits.amount", ["count": String(days), "unit": t(entry.limit.unit)]))
        case .days: amount = clock(abs(entry.limit.dueAt.milliseconds(since: now)))
        case .milliseconds(let time): amount = clock(time)
        }
        return entry.isOver
            ? "<b class=\"left late\">\(t(Phrase("casework.left.over", ["amount": amount])))</b>"
            : "<b class=\"left\">\(t(Phrase("casework.left.rest", ["amount": amount])))</b>"
    }

    /// What is left for a row of a list: by the day and the clock on the wall.
    func left(of summary: CaseSummary) -> HTML {
        summary.clock.isPaused && summary.listDue == nil
            ? "<b class=\"left faint\">\(t("casework.limits.paused"))</b>" : left(until: summary.listDue)
    }

    private func clock(_ milliseconds: Int64) -> String {
        let minutes = Int(milliseconds / 60_000)
        return "\(minutes / 60):\(padded(minutes % 60, to: 2))"
    }

    /// Says that an end lies past the holidays that have been announced.
    func provisional(_ isProvisional: Bool) -> HTML {
        isProvisional ? "<span class=\"faint\">\(t("casework.limits.provisional"))</span>" : HTML()
    }

    /// The running clocks of a case, the nearest end first.
    func limits(_ entries: [LimitView], _ names: [OrganisationID: LocalizedName]) -> HTML {
        let open = entries.filter(\.limit.isOpen)
        let items = open.enumerated().map { index, entry -> HTML in
            let limit = entry.limit
            let organisation = limit.organisation.flatMap { names[$0] }.map { " · \(name($0))" } ?? ""
            let given =
                limit.amount.map {
                    t(Phrase("casework.limits.amount", ["count": String($0.count), "unit": t($0.unit)]))
                } ?? t("casework.limits.set")
            let until: HTML =
                limit.pausedAt.map { "<span class=\"faint\">\(t("casework.limits.since")) \(moment($0))</span>" }
                ?? "<span class=\"faint\">\(moment(limit.dueAt))</span>"
            return """
                <div\(" class=\"limit-now\"", if: index == 0)><dt>\(t(limit.stage))\(organisation)</dt><dd>\(left(entry))\(until)<span class="faint">\(given)</span>\(provisional(limit.isProvisional))</dd></div>
                """
        }
        return items.isEmpty ? HTML() : "\(items)"
    }
}
