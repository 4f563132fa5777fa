/// How large a photo may be, and what is made of it.
public struct PictureLimits: Sendable, Hashable {
    /// Width × height as the header says, looked at before anything is decoded. A phone's best are 50 million.
    public var pixels = 64_000_000
    /// The longest edge that a header may say.
    public var edge = 20_000
    /// The longest edge of what is kept.
    public var fullEdge = 2560
    public var fullQuality: Int32 = 82
    /// The longest edge of the thumbnail.
    public var smallEdge = 320
    public var smallQuality: Int32 = 75

    public init() {}

    /// The same number as people are told it.
    var megapixels: Int { pixels / 1_000_000 }
}
