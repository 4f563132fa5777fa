/// When an organisation works on a working day: stretches of the day, such as 08:30–12:00 and 13:30–17:30.
public struct OfficeHours: Hashable, Sendable {
    /// A stretch between two minutes of the day, the second not counted.
    public struct Stretch: Hashable, Sendable {
        public let opens: Int
        public let closes: Int

        public init(opens: Int, closes: Int) {
            self.opens = opens
            self.closes = closes
        }
    }

    /// In order, none empty, none touching another.
    public let stretches: [Stretch]

    /// `nil` unless there is a stretch, each lies within one day, and they follow one another without touching.
    public init?(_ stretches: [Stretch]) {
        var end = -1
        for stretch in stretches {
            guard stretch.opens > end, stretch.opens < stretch.closes, stretch.closes <= 1440 else { return nil }
            end = stretch.closes
        }
        guard !stretches.isEmpty else { return nil }
        self.stretches = stretches
    }

    /// Reads `08:30-12:00,13:30-17:30`; the hyphen may be an en dash. `24:00` is the end of the day.
    public init?(_ text: some StringProtocol) {
        var stretches: [Stretch] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
            guard ends.count == 2, let opens = OfficeHours.minute(ends[0]), let closes = OfficeHours.minute(ends[1])
            else { return nil }
            stretches.append(Stretch(opens: opens, closes: closes))
        }
        self.init(stretches)
    }

    /// 08:30–12:00, 13:30–17:30: what holds where an organisation has not said otherwise.
    public static let usual = OfficeHours(unchecked: [
        Stretch(opens: 510, closes: 720), Stretch(opens: 810, closes: 1050),
    ])

    private init(unchecked stretches: [Stretch]) {
        self.stretches = stretches
    }

    /// The minute of the day at which the office closes for the day.
    public var closing: Int { stretches[stretches.count - 1].closes }

    private static func minute(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension OfficeHours: CustomStringConvertible {
    /// `08:30-12:00,13:30-17:30`.
    public var description: String {
        stretches.map { "\(clock($0.opens))-\(clock($0.closes))" }.joined(separator: ",")
    }

    private func clock(_ minute: Int) -> String {
        "\(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))"
    }
}
