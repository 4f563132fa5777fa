import Domain

// What the reporters were asked and said, as JSON.

struct CallbackJSON: Codable, Sendable {
    let at: String
    let report: ReportID
    let means: CallbackMeans
    let reached: Bool
    /// Absent when nobody was reached.
    let solved: Bool?
    /// Absent also when somebody did not want to say.
    let satisfaction: Satisfaction?
    let note: String?
    let account: AccountID?
    let organisation: OrganisationID?

    init(_ callback: Callback) {
        at = callback.at.iso8601(at: .china)
        report = callback.report
        means = callback.means
        reached = callback.said != nil
        solved = callback.said?.isSolved
        satisfaction = callback.said?.satisfaction
        note = callback.note
        account = callback.account
        organisation = callback.organisation
    }
}

/// What a sender says of an answer, for staff.
struct RatingJSON: Codable, Sendable {
    let at: String
    let report: ReportID
    let contacted: Bool?
    let solved: Bool
    let satisfaction: Satisfaction?
    let words: String?

    init(_ rating: Rating) {
        at = rating.at.iso8601(at: .china)
        report = rating.report
        contacted = rating.wasContacted
        solved = rating.said.isSolved
        satisfaction = rating.said.satisfaction
        words = rating.words
    }
}

/// A sender's objection and its ruling, for staff.
struct ObjectionJSON: Codable, Sendable {
    let at: String
    let report: ReportID
    let contested: Contested
    let words: String
    let ruling: ObjectionRuling?
    let ruledAt: String?
    let publicNote: String?
    let account: AccountID?

    init(_ objection: Objection) {
        at = objection.at.iso8601(at: .china)
        report = objection.report
        contested = objection.contested
        words = objection.words
        ruling = objection.decision?.ruling
        ruledAt = objection.decision?.at.iso8601(at: .china)
        publicNote = objection.decision?.publicNote
        account = objection.decision?.account
    }
}

/// What the sender can say now and has said, for whoever has the code; the words of senders stay out of it.
struct VoiceJSON: Codable, Sendable {
    struct Verdict: Codable, Sendable {
        let at: String
        let solved: Bool
        let satisfaction: Satisfaction?
    }

    struct Contest: Codable, Sendable {
        let at: String
        let contested: Contested
        let ruling: ObjectionRuling?
        let ruledAt: String?
        let publicNote: String?
    }

    struct Question: Codable, Sendable {
        let text: String
        let at: String
    }

    /// What waits for the sender, `rating` or `supplement`; absent when nothing does.
    let waiting: String?
    let question: Question?
    let rating: Verdict?
    let objection: Contest?
    /// Until when the sender may object; absent when they may not.
    let objectionEnds: String?
    let mayWithdraw: Bool
    /// How many others reported the same.
    let others: Int

    init(_ voice: StoryVoice) {
        switch voice.waiting {
        case .nothing: waiting = nil
        case .rating: waiting = "rating"
        case .question: waiting = "supplement"
        }
        if case .question(let text, let at) = voice.waiting {
            question = Question(text: text, at: at.iso8601(at: .china))
        } else {
            question = nil
        }
        rating = voice.rating.map {
            Verdict(at: $0.at.iso8601(at: .china), solved: $0.said.isSolved, satisfaction: $0.said.satisfaction)
        }
        objection = voice.objection.map {
            Contest(
                at: $0.at.iso8601(at: .china), contested: $0.contested, ruling: $0.decision?.ruling,
                ruledAt: $0.decision?.at.iso8601(at: .china), publicNote: $0.decision?.publicNote)
        }
        objectionEnds = voice.objectionEnds?.iso8601(at: .china)
        mayWithdraw = voice.mayWithdraw
        others = voice.others
    }
}

/// What a sender added when asked, redacted.
struct SupplementJSON: Codable, Sendable {
    let at: String
    let report: ReportID
    let text: String
    /// The seat that entered it for a caller.
    let account: AccountID?

    init(_ supplement: Supplement) {
        at = supplement.at.iso8601(at: .china)
        report = supplement.report
        text = supplement.text
        account = supplement.account
    }
}
