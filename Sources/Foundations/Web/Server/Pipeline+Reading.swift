import HTTPTypes
import Hummingbird
import Logging
import NIOCore

extension Pipeline {
    /// Reads path, query and body.
    /// - Parameter incoming: filled as far as the request could be read, also when it throws.
    func read(
        _ endpoint: Endpoint, _ request: Request, _ context: LinliContext, into incoming: inout IncomingFields
    ) async throws {
        for place in endpoint.path.places {
            guard
                let text = context.parameters.get(place.routerName).flatMap({ percentDecoded($0, plusIsSpace: false) })
            else { throw RequestRefused.notFound }
            incoming.path[place.name] = text
        }
        if let query = request.uri.query {
            guard let fields = IncomingFields.formFields(query) else { throw RequestRefused.badForm }
            incoming.query = fields
        }
        guard endpoint.method != .get else { return }
        let type = HeaderValue(request.headers[.contentType])
        let rules = endpoint.uploadRules
        let takesFiles = uploads != nil && !rules.isEmpty && type?.value == "multipart/form-data"
        // A form with a file that is too large is read to its end, so that what was typed is kept.
        let limit = takesFiles ? configuration.maximumBodyBytes : endpoint.bodyLimit
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
            throw RequestRefused.tooLarge
        }
        // Forms and JSON are UTF-8; anything else would be read wrongly.
        if let charset = type?.parameters["charset"], !["utf-8", "utf8"].contains(charset.lowercased()) {
            throw RequestRefused.badType
        }
        switch (endpoint.kind, type?.value) {
        case (.json, "application/json"):
            guard case .object(let object) = try JSONValue(parsing: try await collect(request, endpoint)) else {
                throw RequestRefused.badJSON
            }
            guard object.count <= IncomingFields.maximumFields else { throw RequestRefused.badJSON }
            incoming.body = .json(object)
        case (.json, nil) where request.headers[.contentType] == nil:
            guard try await collect(request, endpoint).isEmpty else { throw RequestRefused.badType }
            incoming.body = .json([:])
        case (.action, "application/x-www-form-urlencoded"):
            guard let text = String(validating: try await collect(request, endpoint), as: UTF8.self),
                let fields = IncomingFields.formFields(text)
            else { throw RequestRefused.badForm }
            incoming.body = .form(fields)
        case (.action, "multipart/form-data"):
            try await readMultipart(endpoint, request, takesFiles ? rules : [:], limit, into: &incoming)
        case (.json, "multipart/form-data") where takesFiles:
            try await readMultipart(endpoint, request, takesFiles ? rules : [:], limit, into: &incoming)
        default:
            throw RequestRefused.badType
        }
    }

    private func collect(_ request: Request, _ endpoint: Endpoint) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: endpoint.bodyLimit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw RequestRefused.tooLarge
        } catch let error as CancellationError {
            throw error
        } catch {
            // The client broke off, or sent what is not HTTP.
            throw RequestRefused.broken
        }
    }

    private func readMultipart(
        _ endpoint: Endpoint, _ request: Request, _ rules: [String: UploadRule], _ limit: Int,
        into incoming: inout IncomingFields
    ) async throws {
        let limits = MultipartParser.Limits(
            totalBytes: limit, partBytes: limit, parts: IncomingFields.maximumFields)
        guard let parser = MultipartParser(contentType: request.headers[.contentType], limits: limits) else {
            throw RequestRefused.badForm
        }
        var collector = FormCollector(rules: rules, space: uploads, textLimit: endpoint.bodyLimit)
        defer {
            incoming.body = .form(collector.fields)
            incoming.files = collector.files
            incoming.carriesFiles = collector.carriesStrangeFiles
        }
        do {
            try await collector.collect(MultipartEvents(body: request.body, parser: parser))
        } catch let refusal as MultipartRefusal {
            logger.debug("multipart body refused", metadata: ["reason": "\(refusal)"])
            throw RequestRefused(refusal)
        } catch let refusal as RequestRefused {
            throw refusal
        } catch let error as CancellationError {
            throw error
        } catch let error as NoRoomForFiles {
            throw error
        } catch let error as UploadSpace.Failure {
            // The disk's fault, not the sender's.
            throw error
        } catch {
            throw RequestRefused.broken
        }
    }
}
