import Domain

/// Language, theme and elder mode: kept in cookies for a year, so that the server renders them.
enum Preferences {
    private static let year = 365 * 86_400

    static let endpoint = Endpoint.action(
        WebRoutes.preferences, access: .open("how a page looks is everybody's own choice"),
        summary: "Remembers language, theme and elder mode on this device."
    ) { _, _, _ in
        ErrorPage.page(Problem(RequestRefused.badForm))
    } _: { (input: Input, visitor: Visitor) in
        var cookies: [Cookie] = []
        if let language = input.language {
            cookies.append(Cookie(Cookie.language, language.rawValue, maxAgeSeconds: year))
        }
        if let theme = input.theme { cookies.append(Cookie(Cookie.theme, theme.rawValue, maxAgeSeconds: year)) }
        if let isElder = input.elder ?? (input.size == nil ? nil : .on) {
            let size = input.size ?? visitor.appearance.elderSize
            cookies.append(
                isElder == .on
                    ? Cookie(Cookie.elder, String(size), maxAgeSeconds: year) : .removing(Cookie.elder))
        }
        return .redirect(Redirect(to: URLPath(sameSite: input.back) ?? WebRoutes.home.url(), cookies: cookies))
    }

    private enum Switch: String, CaseIterable {
        case on = "1"
        case off = "0"
    }

    private struct Input: EndpointInput {
        let language: Language?
        let theme: Appearance.Theme?
        let elder: Switch?
        let size: Int?
        let back: String

        init(_ fields: inout Fields) {
            language = fields.optionalChoice("language")
            theme = fields.optionalChoice("theme")
            elder = fields.optionalChoice("elder")
            size = fields.optionalInteger("size", in: 1...3)
            back = fields.optionalText("back", maximum: 1024) ?? "/"
        }
    }

    /// What the cookies say, as far as they hold what this server once wrote.
    static func appearance(from cookies: [String: String]) -> Appearance {
        let size = cookies[Cookie.elder].flatMap(Int.init).flatMap { (1...3).contains($0) ? $0 : nil }
        return Appearance(
            theme: cookies[Cookie.theme].flatMap(Appearance.Theme.init(rawValue:)), isElder: size != nil,
            elderSize: size ?? 1)
    }
}
