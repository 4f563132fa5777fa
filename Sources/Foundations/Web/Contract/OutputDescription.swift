/// What an endpoint answers, read from its type when somebody asks.
public struct OutputDescription: Sendable {
    /// The Swift type, for messages to its author.
    public let type: String
    /// The answer has an address of its own: a `Location` header.
    public let isLocated: Bool
    private let reader: @Sendable (ShapeReading) throws -> Schema

    init<Output: Encodable & Sendable>(_ type: Output.Type) {
        self.type = "\(type)"
        isLocated = type is any HasLocation.Type
        reader = { reading in
            guard let answer = type as? any JSONAnswer.Type else {
                throw ShapeReading.Unreadable(
                    description:
                        "\(type) has no shape: write `\(type): JSONAnswer` for `Encodable, Sendable`, and `Codable, Sendable` for the types inside it"
                )
            }
            return try reading.read(answer).schema
        }
    }

    /// The schema, with the shapes it refers to in `reading`.
    /// - Throws: `ShapeReading.Unreadable`, which says what to do.
    public func schema(in reading: ShapeReading) throws -> Schema { try reader(reading) }
}
