/// One entry of a catalogue, or one class of entries.
///
/// The standards exist in Chinese only: names are shown as they stand, in every language. The classes have names in
/// both languages in the string catalogues, under ``classKey(of:)``.
public struct CatalogueEntry: Hashable, Sendable {
    public let reference: MatterReference
    public let name: String
    /// The entry above it; `nil` at the top.
    public let parent: MatterReference?
    /// The names from the top down to this entry.
    public let path: [String]

    init(reference: MatterReference, name: String, parent: CatalogueEntry?) {
        self.reference = reference
        self.name = name
        self.parent = parent?.reference
        self.path = (parent?.path ?? []) + [name]
    }

    /// The catalogue key of a top-level class, such as `casework.class.gbt47678.5-2026.component.01`.
    public static func classKey(of reference: MatterReference) -> String {
        "casework.class.\(reference.standard).\(reference.kind.rawValue).\(reference.code)"
    }
}

/// Entries in the order of their file, found by reference and by what they lie under.
struct EntryList: Sendable {
    private(set) var all: [CatalogueEntry] = []
    private var positions: [MatterReference: Int] = [:]
    /// For each entry the positions of those under it.
    private var below: [[Int]] = []
    private var top: [Int] = []

    /// Appends the entry under the one at that position, and answers its own; `nil` when the reference is taken.
    mutating func append(_ entry: CatalogueEntry, under parent: Int?) -> Int? {
        let position = all.count
        guard positions.updateValue(position, forKey: entry.reference) == nil else { return nil }
        all.append(entry)
        below.append([])
        if let parent { below[parent].append(position) } else { top.append(position) }
        return position
    }

    func position(of reference: MatterReference) -> Int? { positions[reference] }

    func entry(_ reference: MatterReference) -> CatalogueEntry? {
        positions[reference].map { all[$0] }
    }

    /// The entries under the one at that position, at the top for `nil`.
    func entries(under parent: Int?) -> [CatalogueEntry] {
        (parent.map { below[$0] } ?? top).map { all[$0] }
    }

    func count(under parent: Int?) -> Int {
        parent.map { below[$0].count } ?? top.count
    }

    /// The position of the entry with that name under the one at that position.
    func position(named name: String, under parent: Int?) -> Int? {
        (parent.map { below[$0] } ?? top).first { all[$0].name == name }
    }

    /// The entries whose name contains the text: equal names first, then those that begin with it.
    func named(_ text: String) -> [CatalogueEntry] {
        guard !text.isEmpty else { return [] }
        var equal: [CatalogueEntry] = []
        var beginning: [CatalogueEntry] = []
        var containing: [CatalogueEntry] = []
        for entry in all {
            if entry.name == text {
                equal.append(entry)
            } else if entry.name.hasPrefix(text) {
                beginning.append(entry)
            } else if entry.name.contains(text) {
                containing.append(entry)
            }
        }
        return equal + beginning + containing
    }
}
