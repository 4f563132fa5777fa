/// The way by which a report came in.
public enum Channel: String, Code {
    /// A resident's own report on the web pages.
    case web
    /// The QR code on a door or a pole.
    case doorCode = "door-code"
    /// A grid worker on the round.
    case grid
    /// The hotline, typed in by a seat.
    case hotline
    /// A message of a building's chat group, pasted by staff.
    case group
    /// On paper or at the counter, entered for the person.
    case counter
    /// Open311, the interface for city reports.
    case open311
    /// An alarm of a sensor.
    case sensor
    /// Another system, by the programming interface or by a file.
    case system
    /// An inspection (safety, fire, traffic).
    case inspection
    /// Newspapers, broadcasting, the net.
    case media
    /// An order of a higher level.
    case superior

    public static let family = "casework.channel"

    /// Whether the finder belongs to the service and has seen the place, so that a case need not be verified on
    /// the spot before filing. Public reports are verified first; patrol reports may be filed directly.
    public var isPatrol: Bool {
        switch self {
        case .grid, .inspection: true
        case .web, .doorCode, .hotline, .group, .counter, .open311, .sensor, .system, .media, .superior: false
        }
    }
}
