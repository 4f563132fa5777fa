import ArgumentParser
public import Casework
import Configuration
import Foundation
public import Identity
import SystemPackage
public import Web

/// Where a process finds everything: command line, then environment (`LINLI_…`), then a JSON file, then the default.
public struct Settings: Sendable {
    /// A file's path for the embedded engine, or a `postgres://` URL.
    public var database: String
    /// The file with the master keys; lives outside the database.
    public var keys: String
    /// The folder with photos and documents; `nil`: `files` beside the database.
    public var files: String?
    public var host: String
    public var port: Int
    /// The folder with styles, scripts and pictures.
    public var publicFolder: String
    /// Cookies over TLS only; on as soon as a proxy in front speaks TLS.
    public var secureCookies: Bool
    public var name: LocalizedName
    public var dutyPhone: String
    /// Tells the number of SQL statements in `Server-Timing`.
    public var showsStatements: Bool
    /// What is settled about asking reporters and about their objections.
    public var voice = VoicePolicy()
    /// Makes the key file when it is missing, also beside a database that exists already: for a first start only.
    public var makesKeys = false
    /// Who must have a second factor.
    public var secondFactor = SecondFactorPolicy.optional
    /// The sign-in page offers the demo's accounts with their password.
    public var offersDemo = false

    public init(
        database: String, keys: String, files: String? = nil, host: String = "127.0.0.1", port: Int = 8080,
        publicFolder: String = "Public",
        secureCookies: Bool = false, name: LocalizedName, dutyPhone: String, showsStatements: Bool = false
    ) {
        self.database = database
        self.keys = keys
        self.files = files
        self.host = host
        self.port = port
        self.publicFolder = publicFolder
        self.secureCookies = secureCookies
        self.name = name
        self.dutyPhone = dutyPhone
        self.showsStatements = showsStatements
    }

    /// For commands that must not make one. A server's databases are made elsewhere.
    var databaseIsThere: Bool { isPostgres || FileManager.default.fileExists(atPath: database) }

    var isPostgres: Bool { database.hasPrefix("postgres://") || database.hasPrefix("postgresql://") }

    /// With PostgreSQL the database has no place of its own here; the key file has.
    var filesFolder: String {
        files ?? ((isPostgres ? keys : database) as NSString).deletingLastPathComponent + "/files"
    }
}

/// The options that every command shares.
struct SettingsOptions: ParsableArguments {
    @Option(help: "A file for the embedded database, or a postgres:// URL (LINLI_DATABASE).")
    var database: String?

    @Option(help: "The file with the master keys, outside the database (LINLI_KEYS).")
    var keys: String?

    @Option(help: "The folder with photos and documents, beside the database (LINLI_FILES).")
    var files: String?

    @Option(help: "A JSON file with settings (LINLI_CONFIG).")
    var config: String?

    @Option(name: .customLong("public"), help: "The folder with styles and scripts (LINLI_PUBLIC).")
    var publicFolder: String?

    @Option(help: "The address to listen on (LINLI_HOST).")
    var host: String?

    @Option(help: "The port to listen on (LINLI_PORT).")
    var port: Int?

    /// - Parameter folder: where database and keys lie unless something else is said.
    func settings(folder: String = "var") async throws -> Settings {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider()]
        let environment = ConfigReader(providers: providers)
        if let file = config ?? environment.string(forKey: "linli.config") {
            providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(file)))
        }
        let reader = ConfigReader(providers: providers).scoped(to: "linli")
        let wish = reader.string(forKey: "second.factor") ?? SecondFactorPolicy.optional.rawValue
        guard let secondFactor = SecondFactorPolicy(rawValue: wish) else {
            throw ValidationError(
                "LINLI_SECOND_FACTOR is “\(wish)”: use \(SecondFactorPolicy.allCases.map(\.rawValue).joined(separator: " or "))."
            )
        }
        var settings = Settings(
            database: database ?? reader.string(forKey: "database") ?? "\(folder)/linli.sqlite",
            keys: keys ?? reader.string(forKey: "keys") ?? "\(folder)/linli.keys.json",
            files: files ?? reader.string(forKey: "files"),
            host: host ?? reader.string(forKey: "host") ?? "127.0.0.1",
            port: port ?? reader.int(forKey: "port") ?? 8080,
            publicFolder: publicFolder ?? reader.string(forKey: "public") ?? "Public",
            secureCookies: reader.bool(forKey: "secure.cookies") ?? false,
            name: LocalizedName(
                chinese: reader.string(forKey: "name.zh") ?? DemoStreet.name.chinese,
                english: reader.string(forKey: "name.en") ?? DemoStreet.name.english),
            dutyPhone: reader.string(forKey: "duty.phone") ?? DemoStreet.dutyPhone,
            showsStatements: reader.bool(forKey: "show.statements") ?? false)
        settings.secondFactor = secondFactor
        settings.voice = try Self.voice(reader)
        return settings
    }

    /// How often a reporter is tried, and how long objections are open.
    private static func voice(_ reader: ConfigReader) throws -> VoicePolicy {
        let standard = VoicePolicy()
        let tries = reader.int(forKey: "callback.tries") ?? standard.callbackTries
        let days = reader.int(forKey: "objection.days") ?? standard.objectionDays
        guard (1...20).contains(tries) else {
            throw ValidationError("LINLI_CALLBACK_TRIES is \(tries); it must be 1 to 20.")
        }
        guard (1...366).contains(days) else {
            throw ValidationError("LINLI_OBJECTION_DAYS is \(days); it must be 1 to 366.")
        }
        return VoicePolicy(callbackTries: tries, objectionDays: days)
    }
}
