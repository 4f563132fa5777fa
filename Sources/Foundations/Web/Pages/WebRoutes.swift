/// The paths that the frame itself links to. Modules register the pages behind them.
public enum WebRoutes {
    public static let home: RoutePath = "/"
    public static let work: RoutePath = "/work"
    public static let signIn: RoutePath = "/signin"
    public static let signOut: RoutePath = "/signout"
    /// The sessions of the person who looks, and how their account is protected.
    public static let ownAccount: RoutePath = "/me"
    public static let preferences: RoutePath = "/preferences"
    public static let docs: RoutePath = "/docs"
    public static let problems: RoutePath = "/docs/problems"
    public static let openAPI: RoutePath = "/api/v1/openapi.json"
}
