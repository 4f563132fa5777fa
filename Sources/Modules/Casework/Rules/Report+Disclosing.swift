import Domain

extension Report {
    /// Opens one field for a purpose.
    /// - Parameters:
    ///   - number: of the case that the report belongs to.
    ///   - role: what the person is in their organisation.
    /// - Throws: `forbidden` for somebody without an account; for the field `purpose`: `disclosure.no-number` when there
    ///   is no case with a number to name; for `reason`: `input.missing` with another purpose, `input.too-long`.
    func disclosing(
        _ field: DisclosedField, for purpose: DisclosurePurpose, reason: String?, number: CaseNumber?,
        id: DisclosureID, role: String?, by act: Act
    ) throws(RuleViolations) -> Disclosure {
        guard let account = act.account else {
            throw RuleViolations([.forbidden(CaseworkPermission.discloseReport)])
        }
        var findings = Findings()
        var kept: String?
        switch purpose {
        case .handling:
            kept = number?.description
            findings.require(
                kept != nil, or: RuleViolation(.invalid, "disclosure.no-number", field: "purpose"))
        case .other:
            kept = findings.requiredText(reason, field: "reason", limit: TextLimit.disclosureReason)
        case .callback, .visit:
            kept = findings.text(reason, field: "reason", limit: TextLimit.disclosureReason)
        }
        try findings.settle()
        return Disclosure(
            id: id, report: self.id, at: act.at, account: account, organisation: act.organisation, role: role,
            field: field, purpose: purpose, reason: kept)
    }
}

extension TextLimit {
    /// One sentence, which the sender reads.
    public static let disclosureReason = 200
}
