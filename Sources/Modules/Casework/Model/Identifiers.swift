public import Domain

public typealias ReportID = ID<Report>
public typealias CaseID = ID<Case>
public typealias TaskID = ID<CaseTask>
public typealias OverlayID = ID<Overlay>
public typealias StepID = ID<Step>
public typealias CallbackID = ID<Callback>
public typealias RatingID = ID<Rating>
public typealias ObjectionID = ID<Objection>
public typealias SupplementID = ID<Supplement>
