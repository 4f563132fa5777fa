public import Foundation
import HTTPTypes

/// Every code that a refusal can carry, with the statuses that it comes with. `scripts/problems.py` collects the codes
/// from the sources into the `problems.json` of each catalogue folder.
public struct ProblemCatalogue: Sendable {
    private let statuses: [String: [Int]]

    /// - Throws: `Catalogue.Unusable` when a file is broken. A folder without one adds nothing.
    public init(folders: [URL]) throws {
        var all: [String: Set<Int>] = [:]
        for folder in folders {
            let file = folder.appending(path: "problems.json")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            do {
                let entries = try JSONDecoder().decode([String: [Int]].self, from: Data(contentsOf: file))
                for (code, found) in entries { all[code, default: []].formUnion(found) }
            } catch {
                throw Catalogue.Unusable(description: "\(file.path): \(error)")
            }
        }
        statuses = all.mapValues { $0.sorted() }
    }

    /// All codes in alphabetical order.
    public var codes: [String] { statuses.keys.sorted() }

    /// The statuses that a refusal of this code comes with; none for a code that no source makes.
    public func statuses(of code: String) -> [Int] { statuses[code] ?? [] }

    /// The code that stands at fields of the input: the problem as a whole is then called `input`.
    public static func isOfField(_ code: String) -> Bool { code.hasPrefix("input.") }
}
