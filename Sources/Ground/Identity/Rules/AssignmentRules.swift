import Domain

extension RoleBook {
    /// Checks whether an account that has `existing` may get `new` as well.
    /// - Throws: `assignment.role-unknown`, `assignment.exists`, or `assignment.duties` when it would join two of the
    ///   administrators' duties at any moment (GB/T 22239, three administrators apart).
    func check(_ new: Assignment, beside existing: [Assignment]) throws(RuleViolation) {
        guard let role = self[new.role] else { throw RuleViolation(.invalid, "assignment.role-unknown", field: "role") }
        if let end = new.validTo, end <= new.validFrom {
            throw RuleViolation(.invalid, "assignment.period", field: "valid_to")
        }
        for old in existing where old.id != new.id && old.overlaps(new) {
            if old.role == new.role && old.organisation == new.organisation && old.area == new.area {
                throw RuleViolation(.conflict, "assignment.exists")
            }
            if let duty = role.duty, let other = self[old.role]?.duty, other != duty {
                throw RuleViolation(.conflict, "assignment.duties", field: "role")
            }
        }
    }
}
