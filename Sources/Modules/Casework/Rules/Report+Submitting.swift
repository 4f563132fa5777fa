public import Domain

/// What somebody wants to report, in their own words.
public struct ReportDraft: Hashable, Sendable {
    public var channel: Channel
    public var area: AreaID
    public var place: String?
    public var hint: MatterReference?
    /// Made from the text when missing.
    public var title: String?
    public var text: String
    /// When it reached the source system; now, when missing.
    public var receivedAt: Instant?
    public var external: ExternalReference?

    public init(
        channel: Channel, area: AreaID, place: String? = nil, hint: MatterReference? = nil, title: String? = nil,
        text: String, receivedAt: Instant? = nil, external: ExternalReference? = nil
    ) {
        self.channel = channel
        self.area = area
        self.place = place
        self.hint = hint
        self.title = title
        self.text = text
        self.receivedAt = receivedAt
        self.external = external
    }
}

extension Report {
    /// Takes a report in. The result holds redacted words; the draft's own words are the store's to encrypt.
    /// - Throws: for the fields `title`, `text`, `place`: `input.missing`, `input.too-long`; `hint`: `matter.unknown`;
    ///   `receivedAt`: `report.from-the-future`.
    public static func submitting(
        _ draft: ReportDraft, id: ReportID, trackingCode: TrackingCode, catalogues: Catalogues, by act: Act
    ) throws(RuleViolations) -> Change<Report> {
        var findings = Findings()
        let title = findings.text(draft.title, field: "title", limit: TextLimit.title)
        let text = findings.requiredText(draft.text, field: "text", limit: TextLimit.reportText)
        let place = findings.text(draft.place, field: "place", limit: TextLimit.place)
        if let hint = draft.hint {
            findings.require(
                catalogues.contains(hint), or: RuleViolation(.invalid, "matter.unknown", field: "hint"))
        }
        let receivedAt = draft.receivedAt ?? act.at
        // Clocks of other systems may run ahead a little.
        findings.require(
            receivedAt <= act.at.advanced(bySeconds: 300),
            or: RuleViolation(.invalid, "report.from-the-future", field: "receivedAt"))
        try findings.settle()

        let state = try only { () throws(RuleViolation) in try ReportState.machine.beginning(with: .submit) }
        let report = Report(
            id: id, trackingCode: trackingCode, channel: draft.channel, area: draft.area, place: place,
            hint: draft.hint, title: title ?? firstWords(of: text), text: text, receivedAt: receivedAt,
            external: draft.external, state: state, version: 1, caseID: nil)
        return Change(value: report, step: report.step(.submit, from: nil, detail: StepDetail(), by: act))
    }

    /// A title for a text without one: its first line, up to 30 characters.
    private static func firstWords(of text: String) -> String {
        // One walk: finding out where a character ends is the dear part.
        var line = ""
        var shortened = ""
        var count = 0
        for character in text {
            if character.isNewline { return line }
            if count == 29 { shortened = line + "…" }
            if count == 30 { return shortened }
            line.append(character)
            count += 1
        }
        return line
    }
}
