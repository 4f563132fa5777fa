/// What citizens ask for, in three levels (15, 118 and 517 in the shipped list).
///
/// The list has no codes of its own. They are made from the place in it: `03`, `03.12`, `03.12.07` is the seventh
/// entry of the twelfth group of the third class. So entries may be added at the end of a group only; a test holds
/// the shipped codes.
public struct DemandCatalogue: Sendable {
    /// Such as `citizen-demands`.
    public let standard: String
    public let title: String
    private let list: EntryList
    private let leaves: [CatalogueEntry]
    private let byPath: [[String]: CatalogueEntry]

    /// Reads the list.
    /// - Parameter bytes: CSV with the columns l1, l2, l3; rows of one group stand together.
    public init(standard: String, title: String, file: String, bytes: [UInt8]) throws(CatalogueError) {
        let table = try CatalogueTable(file: file, bytes: bytes, columns: ["l1", "l2", "l3"])
        var list = EntryList()
        var byPath: [[String]: CatalogueEntry] = [:]
        var leaves: [CatalogueEntry] = []
        for row in table.rows {
            var parent: CatalogueEntry?
            for depth in 1...3 {
                let path = Array(row.fields[..<depth])
                if let known = byPath[path] {
                    guard depth < 3 else {
                        throw CatalogueError(
                            file: file, line: row.line, problem: "\(path.joined(separator: " / ")) stands twice")
                    }
                    parent = known
                    continue
                }
                let entry = CatalogueEntry(
                    reference: MatterReference(
                        standard: standard, kind: .demand, code: DemandCatalogue.code(after: parent, in: list)),
                    name: path[depth - 1], parent: parent)
                _ = list.append(entry)
                byPath[path] = entry
                parent = entry
                if depth == 3 { leaves.append(entry) }
            }
        }
        self.standard = standard
        self.title = title
        self.list = list
        self.leaves = leaves
        self.byPath = byPath
    }

    private static func code(after parent: CatalogueEntry?, in list: EntryList) -> String {
        let position = (list.children[parent?.reference]?.count ?? 0) + 1
        let digits = position < 10 ? "0\(position)" : String(position)
        return parent.map { "\($0.reference.code).\(digits)" } ?? digits
    }

    /// The entries of the third level in the order of the file.
    public var entries: [CatalogueEntry] { leaves }

    /// The classes of the first level.
    public var topLevel: [CatalogueEntry] { list.children[nil] ?? [] }

    /// The entry with the code, of any level.
    public func entry(_ code: String) -> CatalogueEntry? {
        list.byReference[MatterReference(standard: standard, kind: .demand, code: code)]
    }

    /// The entry under these names, from the top down; one, two or three of them.
    public func entry(named path: String...) -> CatalogueEntry? {
        byPath[path]
    }

    /// The class of the first level with that label, as imports name it.
    public func topLevel(named label: String) -> CatalogueEntry? {
        byPath[[label]]
    }

    /// The entries below a code of the first or second level.
    public func children(of code: String) -> [CatalogueEntry] {
        list.children[MatterReference(standard: standard, kind: .demand, code: code)] ?? []
    }

    /// The entries of all levels whose name contains the text: equal names first, then those that begin with it.
    public func search(_ text: String) -> [CatalogueEntry] {
        list.named(text)
    }
}
