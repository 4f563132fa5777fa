public import Domain

/// A name in each language.
public struct LocalizedName: Sendable, Hashable {
    public let chinese: String
    public let english: String

    public init(chinese: String, english: String) {
        self.chinese = chinese
        self.english = english.isEmpty ? chinese : english
    }

    public func text(in language: Language) -> String {
        language == .chinese ? chinese : english
    }
}

/// An entry of a shell's main navigation, shown to those who hold the permission.
public struct NavigationEntry: Sendable {
    public let shell: Shell
    public let label: Phrase
    public let url: URLPath
    public let icon: Icon
    /// `nil`: for everybody.
    public let permission: Permission?

    public init(_ shell: Shell, _ label: Phrase, _ url: URLPath, _ icon: Icon, permission: Permission? = nil) {
        self.shell = shell
        self.label = label
        self.url = url
        self.icon = icon
        self.permission = permission
    }
}

/// The two frames around pages.
public enum Shell: String, Sendable {
    /// One task a page, large type, phone first.
    case resident
    /// Dense, keyboard first.
    case staff
}

/// A symbol of `icons.svg`, by the part of its name behind `i-`.
public struct Icon: Sendable, Hashable, ExpressibleByStringLiteral {
    let name: String

    public init(stringLiteral name: StaticString) {
        self.name = name.description
    }
}

/// What is the same on every page of one deployment.
public struct Site: Sendable {
    public var name: LocalizedName
    /// The number that people call for help; shown on every resident page.
    public var dutyPhone: String
    public var catalogue: Catalogue
    public var navigation: [NavigationEntry]
    public var assets: StaticFiles
    public var zone: ZoneOffset

    public init(
        name: LocalizedName, dutyPhone: String, catalogue: Catalogue, navigation: [NavigationEntry],
        assets: StaticFiles, zone: ZoneOffset
    ) {
        self.name = name
        self.dutyPhone = dutyPhone
        self.catalogue = catalogue
        self.navigation = navigation
        self.assets = assets
        self.zone = zone
    }
}
