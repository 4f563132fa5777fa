public import Domain

/// What the identifiers of this module identify.
public enum AssignmentTag {}
public enum SessionTag {}
public enum AuditTag {}

public typealias AssignmentID = ID<AssignmentTag>
public typealias SessionID = ID<SessionTag>
public typealias AuditID = ID<AuditTag>
