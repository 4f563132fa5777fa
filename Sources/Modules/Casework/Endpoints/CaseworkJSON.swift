import Domain
import Web

// The answers of the JSON interface. Times are ISO 8601 with offset, codes are the raw values of the domain.

struct ReportReceiptJSON: JSONAnswer, HasLocation {
    let id: ReportID
    let trackingCode: String
    var location: URLPath { CaseworkRoutes.story.url(trackingCode) }
}

struct CaseReceiptJSON: JSONAnswer {
    let id: CaseID
}

struct ReportIDJSON: JSONAnswer {
    let id: ReportID
}

struct NameJSON: JSONAnswer {
    let zh: String
    let en: String

    init(_ name: LocalizedName) {
        zh = name.chinese
        en = name.english
    }
}

struct ReportJSON: JSONAnswer {
    let id: ReportID
    let trackingCode: String
    let channel: Channel
    let area: AreaID
    let place: String?
    let hint: String?
    let title: String
    let text: String
    let receivedAt: String
    let state: ReportState
    let `case`: CaseID?
    let version: Int
    /// Of one report; lists leave them out.
    let files: [EvidenceJSON]?
    /// What its sender added when asked; of one report only.
    let supplements: [SupplementJSON]?

    init(_ detail: ReportDetail) {
        self.init(
            detail.report, files: detail.evidence, supplements: detail.supplements.map(SupplementJSON.init))
    }

    init(_ report: Report, files: [Evidence]? = nil, supplements: [SupplementJSON]? = nil) {
        self.supplements = supplements
        id = report.id
        trackingCode = report.trackingCode.digits
        channel = report.channel
        area = report.area
        place = report.place
        hint = report.hint?.description
        title = report.title
        text = report.text
        receivedAt = report.receivedAt.iso8601(at: .china)
        state = report.state
        self.case = report.caseID
        version = report.version
        self.files = files?.map(EvidenceJSON.init)
    }
}

struct CaseSummaryJSON: JSONAnswer {
    struct Part: Codable, Sendable {
        let id: TaskID
        let organisation: OrganisationID
        let name: NameJSON
        let role: TaskRole
        let state: TaskState
    }

    let id: CaseID
    let number: String?
    let title: String
    let matter: String?
    let area: AreaID
    let state: CaseState
    let phase: CasePhase
    let queue: Queue
    let openedAt: String
    let dueAt: String?
    /// The end that the list is ordered by.
    let listDueAt: String?
    let provisional: Bool
    let paused: Bool
    let tasks: [Part]

    init(_ summary: CaseSummary) {
        id = summary.id
        number = summary.number?.description
        title = summary.title
        matter = summary.matter?.description
        area = summary.area
        state = summary.state
        phase = summary.phase
        queue = summary.queue
        openedAt = summary.openedAt.iso8601(at: .china)
        dueAt = summary.dueAt?.iso8601(at: .china)
        listDueAt = summary.listDue?.iso8601(at: .china)
        provisional = summary.clock.isProvisional
        paused = summary.clock.isPaused
        tasks = summary.tasks.map {
            Part(
                id: $0.id, organisation: $0.organisation, name: NameJSON($0.organisationName), role: $0.role,
                state: $0.state)
        }
    }
}

struct CaseJSON: JSONAnswer {
    struct Part: Codable, Sendable {
        let id: TaskID
        let organisation: OrganisationID
        let role: TaskRole
        let ground: Ground
        let groundReference: String
        let state: TaskState
        let dueAt: String?
        let outcome: Outcome?
        let publicText: String?
        let internalText: String?
        let verdict: Verdict?
        let reworks: Int
        let refusals: Int
        let assignee: AccountID?
    }

    struct Entry: Codable, Sendable {
        let at: String
        let subject: SubjectKind
        let action: String
        let from: String?
        let to: String
        let account: AccountID?
        let organisation: OrganisationID?
        let note: String?
        let publicNote: String?
        let reason: String?
        let ground: Ground?
        let groundReference: String?
        /// What a correction changed.
        let changes: [FieldChange]
        let dueAt: String?

        init(_ step: Step) {
            at = step.at.iso8601(at: .china)
            subject = step.subject.kind
            action = step.action
            from = step.from
            to = step.to
            account = step.account
            organisation = step.organisation
            note = step.detail.note
            publicNote = step.detail.publicNote
            reason = step.detail.reason
            ground = step.detail.ground
            groundReference = step.detail.groundReference
            changes = step.detail.changes
            dueAt = step.detail.dueAt?.iso8601(at: .china)
        }
    }

    let id: CaseID
    let number: String?
    let title: String
    let matter: String?
    let area: AreaID
    let state: CaseState
    let phase: CasePhase
    let openedAt: String
    let dueAt: String?
    let outcome: Outcome?
    let publicAnswer: String?
    let revision: Int
    let tasks: [Part]
    let reports: [ReportJSON]
    let callbacks: [CallbackJSON]
    let supplements: [SupplementJSON]
    let ratings: [RatingJSON]
    let objections: [ObjectionJSON]
    let steps: [Entry]
    let files: [EvidenceJSON]
    let limits: [LimitJSON]
    let overlays: [OverlayJSON]
    let verbs: [String]

    init(_ detail: CaseDetail) {
        let caseFile = detail.caseFile
        id = caseFile.id
        number = caseFile.number?.description
        title = caseFile.title
        matter = caseFile.matter?.description
        area = caseFile.area
        state = caseFile.state
        phase = detail.phase
        openedAt = caseFile.openedAt.iso8601(at: .china)
        dueAt = caseFile.dueAt?.iso8601(at: .china)
        outcome = caseFile.outcome
        publicAnswer = caseFile.publicAnswer
        revision = detail.revision
        tasks = detail.tasks.map { task in
            Part(
                id: task.id, organisation: task.organisation, role: task.role, ground: task.ground,
                groundReference: task.groundReference, state: task.state, dueAt: task.dueAt?.iso8601(at: .china),
                outcome: task.answer?.outcome, publicText: task.answer?.publicText,
                internalText: task.answer?.internalText, verdict: task.check?.verdict, reworks: task.reworks,
                refusals: task.refusals, assignee: task.assignee)
        }
        reports = detail.reports.map { ReportJSON($0) }
        callbacks = detail.callbacks.map(CallbackJSON.init)
        supplements = detail.supplements.map(SupplementJSON.init)
        ratings = detail.ratings.map(RatingJSON.init)
        objections = detail.objections.map(ObjectionJSON.init)
        steps = detail.steps.map(Entry.init)
        files = detail.evidence.map(EvidenceJSON.init)
        limits = detail.limits.map(LimitJSON.init)
        overlays = detail.overlays.map(OverlayJSON.init)
        verbs = detail.verbs.map(\.rawValue).sorted()
    }
}

struct QueuesJSON: JSONAnswer {
    let scope: UUIDValue
    let counts: [String: Int]
}

struct StoryJSON: JSONAnswer {
    struct Milestone: Codable, Sendable {
        let at: String
        let subject: SubjectKind
        let action: String
        let organisation: NameJSON?
        let publicNote: String?
    }

    let trackingCode: String
    let receivedAt: String
    let state: ReportState
    let number: String?
    let matter: String?
    let phase: CasePhase?
    let dueAt: String?
    let provisional: Bool
    let paused: Bool
    let lead: NameJSON?
    let outcome: Outcome?
    let answer: String?
    let refusal: RefusalReason?
    let refusalNote: String?
    let milestones: [Milestone]
    let photos: [StoryPhotoJSON]
    let disclosures: [Told]

    struct Told: Codable, Sendable {
        let at: String
        let organisation: NameJSON?
        let role: String?
        let field: DisclosedField
        let purpose: DisclosurePurpose
        let reason: String?
    }
    let voice: VoiceJSON

    init(_ story: PublicStory) {
        trackingCode = story.trackingCode.digits
        receivedAt = story.receivedAt.iso8601(at: .china)
        state = story.state
        number = story.number?.description
        matter = story.matter?.description
        phase = story.phase
        dueAt = story.dueAt?.iso8601(at: .china)
        provisional = story.clock.isProvisional
        paused = story.clock.isPaused
        lead = story.leadName.map(NameJSON.init)
        outcome = story.outcome
        answer = story.answer
        refusal = story.refusal
        refusalNote = story.refusalNote
        voice = VoiceJSON(story.voice)
        milestones = story.milestones.map {
            Milestone(
                at: $0.at.iso8601(at: .china), subject: $0.kind, action: $0.action,
                organisation: $0.organisation.map(NameJSON.init), publicNote: $0.publicNote)
        }
        photos = story.photos.map(StoryPhotoJSON.init)
        disclosures = story.disclosures.map {
            Told(
                at: $0.at.iso8601(at: .china), organisation: $0.organisation.map(NameJSON.init), role: $0.role,
                field: $0.field, purpose: $0.purpose, reason: $0.reason)
        }
    }
}
