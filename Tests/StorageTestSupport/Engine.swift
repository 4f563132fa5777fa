public import Storage
public import Testing

/// The engines that every store test runs on: `@Test(arguments: Engine.tested)`.
public enum Engine: String, CaseIterable, Sendable, CustomStringConvertible {
    case sqlite
    case postgres

    public var description: String { rawValue }

    public var dialect: Dialect {
        switch self {
        case .sqlite: .sqlite
        case .postgres: .postgres
        }
    }

    /// Both engines, unless `LINLI_TEST_ENGINES` names fewer (`sqlite`). Without PostgreSQL at hand the tests on it
    /// fail instead of being left out, so that nobody takes half a run for a whole one.
    public static var tested: [Engine] {
        guard let names = environment("LINLI_TEST_ENGINES") else { return allCases }
        return names.split(separator: ",").map { name in
            guard let engine = Engine(rawValue: String(name)) else {
                preconditionFailure("LINLI_TEST_ENGINES names \(name); known are \(allCases)")
            }
            return engine
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// For tests of something that only PostgreSQL has.
    public static var onPostgres: Self {
        .enabled(if: Engine.tested.contains(.postgres), "left out by LINLI_TEST_ENGINES")
    }
}
