import Domain
import Files
import Web

/// The photos of a report: in a form, or uploaded before and named by their identifiers.
struct ReportPhotosInput: EndpointInput {
    let photos: [UploadedFile]
    let files: [FileID]
    let keepsLocation: Bool

    init(_ fields: inout Fields) {
        photos = fields.files("photos", Files.photoRule)
        files = fields.ids("files", maximum: Files.photoRule.files)
        keepsLocation = fields.flag("keepsLocation")
    }

    /// For telling a repeat from another request.
    var identity: String { "\u{1F}\(photos)\u{1F}\(files)\u{1F}\(keepsLocation)" }
}

/// The photos of an answer.
struct AnswerPhotosInput: EndpointInput {
    let before: [UploadedFile]
    let after: [UploadedFile]
    let beforeFiles: [FileID]
    let afterFiles: [FileID]

    init(_ fields: inout Fields) {
        before = fields.files("before", Files.photoRule)
        after = fields.files("after", Files.photoRule)
        beforeFiles = fields.ids("beforeFiles", maximum: Files.photoRule.files)
        afterFiles = fields.ids("afterFiles", maximum: Files.photoRule.files)
    }
}

/// The photos of a check.
struct CheckPhotosInput: EndpointInput {
    let photos: [UploadedFile]
    let files: [FileID]

    init(_ fields: inout Fields) {
        photos = fields.files("photos", Files.photoRule)
        files = fields.ids("files", maximum: Files.photoRule.files)
    }
}

extension Casework {
    func submit(
        _ input: Both<ReportInput, ReportPhotosInput>, by visitor: Visitor, once: Once?
    ) async throws -> SubmitReport.Receipt {
        var command = input.first.command
        let photos = input.second
        // Words first: nobody waits for photos to be told that the place is missing.
        _ = try command.prepare(by: visitor.actor, in: self)
        command.photos = Attachments(
            prepared: try await files.prepare(
                photos.photos, for: "photos", taking: [.photo], keepsLocation: photos.keepsLocation, by: visitor.actor,
                from: visitor.address), waiting: photos.files)
        return try await command.run(by: visitor.actor, once: once, in: self)
    }

    func answer(
        _ input: Both<AnswerInput, AnswerPhotosInput>, by actor: Actor, once: Once?
    ) async throws -> CaseID {
        var command = input.first.command
        let photos = input.second
        command.before = Attachments(
            prepared: try await files.prepare(photos.before, for: "before", taking: [.photo, .document], by: actor),
            waiting: photos.beforeFiles)
        command.after = Attachments(
            prepared: try await files.prepare(photos.after, for: "after", taking: [.photo, .document], by: actor),
            waiting: photos.afterFiles)
        return try await command.run(by: actor, once: once, in: self)
    }

    func check(_ input: Both<CheckInput, CheckPhotosInput>, by actor: Actor, once: Once?) async throws -> CaseID {
        var command = input.first.command
        command.photos = Attachments(
            prepared: try await files.prepare(input.second.photos, for: "photos", taking: [.photo], by: actor),
            waiting: input.second.files)
        return try await command.run(by: actor, once: once, in: self)
    }
}
