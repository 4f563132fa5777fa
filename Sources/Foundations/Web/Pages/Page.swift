public import HTTPTypes

/// A page before it has its frame: what it is called and how its body is made for the one who looks.
public struct Page: Sendable {
    public let shell: Shell
    public let title: Phrase
    /// Marks the entry of the navigation that this page belongs to.
    public let current: URLPath?
    public var status: HTTPResponse.Status
    /// The page is an application of panes that scroll by themselves (console and desk).
    public let isPanes: Bool
    let body: @Sendable (View) -> HTML

    /// - Parameter body: markup from `<main>` on, including it.
    public init(
        _ shell: Shell, _ title: Phrase, current: URLPath? = nil, status: HTTPResponse.Status = .ok,
        isPanes: Bool = false,
        body: @escaping @Sendable (View) -> HTML
    ) {
        self.shell = shell
        self.title = title
        self.current = current
        self.status = status
        self.isPanes = isPanes
        self.body = body
    }
}
