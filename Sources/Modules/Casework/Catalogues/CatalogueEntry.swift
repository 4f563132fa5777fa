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

/// Entries in the order of their file, found by reference.
struct EntryList: Sendable {
    private(set) var all: [CatalogueEntry] = []
    private(set) var byReference: [MatterReference: CatalogueEntry] = [:]
    private(set) var children: [MatterReference?: [CatalogueEntry]] = [:]

    /// Answers whether the reference was free.
    mutating func append(_ entry: CatalogueEntry) -> Bool {
        guard byReference.updateValue(entry, forKey: entry.reference) == nil else { return false }
        all.append(entry)
        children[entry.parent, default: []].append(entry)
        return true
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
