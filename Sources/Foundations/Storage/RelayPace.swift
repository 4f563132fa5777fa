/// How much the relay takes at a time, and how long it rests in between, when it shares a writer with everybody else.
///
/// Indexing a report takes longer than taking it in. A turn should be no longer than a few commits, and when others had
/// to wait for the writer the relay takes about a fifth of its time.
struct RelayPace {
    private let largest: Int
    private let sharesWriter: Bool
    private(set) var batch: Int

    /// A turn that people hardly notice.
    private static let turn: Duration = .milliseconds(12)
    /// Waiting longer than this means that others are writing.
    private static let busy: Duration = .milliseconds(2)

    init(largest: Int, sharesWriter: Bool) {
        self.largest = max(1, largest)
        self.sharesWriter = sharesWriter
        self.batch = sharesWriter ? min(self.largest, 16) : self.largest
    }

    /// How long to rest after a full batch. Fits the next one to the time that this one took.
    mutating func rest(after told: Relay.Told) -> Duration {
        guard sharesWriter else { return .zero }
        if told.worked > RelayPace.turn { batch = max(1, batch / 2) }
        if told.worked < RelayPace.turn / 3 { batch = min(largest, batch * 2) }
        return told.waited > RelayPace.busy ? min(told.worked * 4, .milliseconds(200)) : .zero
    }
}
