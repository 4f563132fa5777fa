/// Where a photo was taken, in WGS 84 degrees, as its EXIF says; to five digits, about a metre.
public struct PhotoLocation: Hashable, Sendable {
    public let latitude: Double
    public let longitude: Double

    /// `nil` outside the earth, and at 0° 0°, which cameras write when they do not know.
    public init?(latitude: Double, longitude: Double) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude), latitude != 0 || longitude != 0 else {
            return nil
        }
        self.latitude = PhotoLocation.rounded(latitude)
        self.longitude = PhotoLocation.rounded(longitude)
    }

    /// Reads `30.24683,120.15512`.
    init?(text: String) {
        let parts = text.split(separator: ",").compactMap { Double($0) }
        guard parts.count == 2 else { return nil }
        self.init(latitude: parts[0], longitude: parts[1])
    }

    /// EXIF 2.3 §4.6.6 as libvips prints it: `30/1 15/1 2345/100 (…)` and `N (…)`.
    init?(latitude: String?, _ latitudeHalf: String?, longitude: String?, _ longitudeHalf: String?) {
        guard let latitude = latitude.flatMap(PhotoLocation.degrees),
            let longitude = longitude.flatMap(PhotoLocation.degrees)
        else { return nil }
        self.init(
            latitude: latitudeHalf?.hasPrefix("S") == true ? -latitude : latitude,
            longitude: longitudeHalf?.hasPrefix("W") == true ? -longitude : longitude)
    }

    var text: String { "\(latitude),\(longitude)" }

    /// Degrees, minutes and seconds as fractions.
    private static func degrees(_ text: String) -> Double? {
        let fractions = text.prefix { $0 != "(" }.split(separator: " ").map { part -> Double? in
            let numbers = part.split(separator: "/").compactMap { Double($0) }
            guard numbers.count == 2, numbers[1] > 0 else { return nil }
            return numbers[0] / numbers[1]
        }
        guard fractions.count == 3, let degrees = fractions[0], let minutes = fractions[1], let seconds = fractions[2],
            (0..<60).contains(minutes), (0..<60).contains(seconds)
        else { return nil }
        return degrees + minutes / 60 + seconds / 3600
    }

    private static func rounded(_ degrees: Double) -> Double { (degrees * 100_000).rounded() / 100_000 }
}
