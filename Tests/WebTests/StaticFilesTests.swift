import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite("Static files")
struct StaticFilesTests {
    private func site() throws -> TestSite {
        let folder = FileManager.default.temporaryDirectory.appending(path: "linli-static-\(UUID().uuidString)")
        for part in ["build", "vendor"] {
            try FileManager.default.createDirectory(at: folder.appending(path: part), withIntermediateDirectories: true)
        }
        func write(_ text: String, _ name: String) throws {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        try write("app()", "app.js")
        try write("secret", "secret.txt")
        try write("vendor()", "vendor/vendor.js")
        try write("body{}", "build/linli.1a2b.css")
        try write("packed", "build/linli.1a2b.css.gz")
        try write(#"{"linli.css":"linli.1a2b.css","gone.js":"gone.1.js"}"#, "build/manifest.json")
        return try TestSite(assets: StaticFiles(folder: folder))
    }

    @Test("are served with their type; versioned ones may be kept for ever")
    func serving() async throws {
        let site = try site()
        let script = try await site.ask(.get, "/static/app.js")
        #expect(script.status == 200 && script.text == "app()")
        #expect(script.header("Content-Type") == "text/javascript; charset=utf-8")
        #expect(script.header("Cache-Control") == "no-cache")
        #expect(script.header("X-Content-Type-Options") == "nosniff")
        #expect(try await site.ask(.get, "/static/vendor.js").text == "vendor()")
        let style = try await site.ask(.get, "/static/linli.1a2b.css")
        #expect(style.text == "body{}")
        #expect(style.header("Cache-Control") == "public, max-age=31536000, immutable")
        #expect(try await site.ask(.get, "/things/a").text.contains("href=\"/static/linli.1a2b.css\""))
        #expect(site.pipeline.site.assets.versionedName("gone.js") == "gone.js")
    }

    @Test(
        "are packed for browsers that take it",
        arguments: [
            ("gzip", true), ("br, gzip;q=0.5", true), ("*", true), ("GZIP", true), ("", false), ("br", false),
            ("gzip;q=0", false),
            ("gzip;q=0, *", false), ("xgzip", false),
        ])
    func gzip(accepted: String, isPacked: Bool) async throws {
        let answer = try await site().ask(.get, "/static/linli.1a2b.css", ["Accept-Encoding": accepted])
        #expect(answer.text == (isPacked ? "packed" : "body{}"))
        #expect(answer.header("Content-Encoding") == (isPacked ? "gzip" : nil))
        #expect(answer.header("Vary") == "Accept-Encoding")
    }

    @Test("are not sent again when the browser has them")
    func notModified() async throws {
        let site = try site()
        let tag = try #require(try await site.ask(.get, "/static/app.js").header("ETag"))
        for known in [tag, "\"other\", \(tag)", "*", String(tag.dropFirst(2))] {
            let answer = try await site.ask(.get, "/static/app.js", ["If-None-Match": known])
            #expect(answer.status == 304 && answer.text.isEmpty && answer.header("Content-Length") == nil)
            #expect(answer.header("ETag") == tag)
        }
        #expect(try await site.ask(.get, "/static/app.js", ["If-None-Match": "\"other\""]).status == 200)
    }

    @Test(
        "nothing else is reached",
        arguments: [
            "/static/none.js", "/static/secret.txt", "/static/manifest.json", "/static/linli.1a2b.css.gz",
            "/static/..%2Fapp.js",
            "/static/../Package.swift", "/static/%2e%2e/Package.swift", "/static/vendor%2Fvendor.js",
            "/static/vendor/vendor.js",
            "/static/", "/static", "/static/.", "/static/app.js%00",
        ])
    func nothingElse(uri: String) async throws {
        let status = try await site().ask(.get, uri).status
        #expect(status == 404 || status == 308)
    }

    @Test("HEAD tells the length without the content")
    func head() async throws {
        let answer = try await site().ask(.head, "/static/app.js")
        #expect(answer.status == 200 && answer.text.isEmpty && answer.header("Content-Length") == "5")
    }
}
