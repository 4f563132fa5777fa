import Domain
import Files
import Web

/// A photo or document of a report or task, for whoever may read it.
struct EvidenceJSON: JSONAnswer {
    let id: FileID
    let kind: FileKind
    let stage: EvidenceStage
    let subject: SubjectKind
    let subjectID: UUIDValue
    let at: String
    let full: String
    let small: String?

    init(_ evidence: Evidence) {
        id = evidence.file
        kind = evidence.kind
        stage = evidence.stage
        subject = evidence.subject.kind
        subjectID = evidence.subject.id
        at = evidence.at.iso8601(at: .china)
        full = Files.link(to: evidence.file, .full).text
        small = evidence.kind == .photo ? Files.link(to: evidence.file, .small).text : nil
    }
}

/// A photo of the story; its links are good for a quarter of an hour.
struct StoryPhotoJSON: JSONAnswer {
    let stage: EvidenceStage
    let at: String
    let full: String
    let small: String

    init(_ photo: StoryPhoto) {
        stage = photo.stage
        at = photo.at.iso8601(at: .china)
        full = photo.full.text
        small = photo.small.text
    }
}
