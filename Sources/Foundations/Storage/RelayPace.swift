/// How much the relay takes at a time, and how long it rests in between, when it shares a writer with everybody else.
///
/// Indexing a report takes longer than taking it in. While others write, a turn should be no longer than a few commits,
/// and the relay takes about a fifth of the time. While nobody does, turns are longer: that saves waits for the disk, and
/// an index that grows in larger pieces is merged less often.
struct RelayPace {
    private let largest: Int
    private let sharesWriter: Bool
    private(set) var batch: Int

    /// A turn that people hardly notice.
    private static let busyTurn: Duration = .milliseconds(12)
    /// A turn that the first to write after a quiet time hardly notices.
    private static let quietTurn: Duration = .milliseconds(40)
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
        let isBusy = told.waited > RelayPace.busy
        let turn = isBusy ? RelayPace.busyTurn : RelayPace.quietTurn
        if told.worked > turn { batch = max(1, batch / 2) }
        if told.worked < turn / 2 { batch = min(largest, batch * 2) }
        return isBusy ? min(told.worked * 4, .milliseconds(200)) : .zero
    }
}
