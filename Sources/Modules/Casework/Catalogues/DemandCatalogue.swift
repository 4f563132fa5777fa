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

    /// Reads the list.
    /// - Parameter bytes: CSV with the columns l1, l2, l3.
    public init(standard: String, title: String, file: String, bytes: [UInt8]) throws(CatalogueError) {
        let table = try CatalogueTable(file: file, bytes: bytes, columns: ["l1", "l2", "l3"])
        var list = EntryList()
        var leaves: [CatalogueEntry] = []
        for row in table.rows {
            var parent: Int?
            for (depth, name) in row.fields.enumerated() {
                if let known = list.position(named: name, under: parent) {
                    guard depth < 2 else {
                        throw CatalogueError(
                            file: file, line: row.line, problem: "\(row.fields.joined(separator: " / ")) stands twice")
                    }
                    parent = known
                    continue
                }
                let upper = parent.map { list.all[$0] }
                let code = DemandCatalogue.code(number: list.count(under: parent) + 1, under: upper)
                let entry = CatalogueEntry(
                    reference: MatterReference(standard: standard, kind: .demand, code: code), name: name,
                    parent: upper)
                parent = list.append(entry, under: parent)
                if depth == 2 { leaves.append(entry) }
            }
        }
        self.standard = standard
        self.title = title
        self.list = list
        self.leaves = leaves
    }

    private static func code(number: Int, under parent: CatalogueEntry?) -> String {
        let digits = number < 10 ? "0\(number)" : String(number)
        return parent.map { "\($0.reference.code).\(digits)" } ?? digits
    }

    /// The entries of the third level in the order of the file.
    public var entries: [CatalogueEntry] { leaves }

    /// The classes of the first level.
    public var topLevel: [CatalogueEntry] { list.entries(under: nil) }

    /// The entry with the code, of any level.
    public func entry(_ code: String) -> CatalogueEntry? {
        list.entry(MatterReference(standard: standard, kind: .demand, code: code))
    }

    /// The entry under these names, from the top down; one, two or three of them.
    public func entry(named path: String...) -> CatalogueEntry? {
        var position: Int?
        for name in path {
            guard let next = list.position(named: name, under: position) else { return nil }
            position = next
        }
        return position.map { list.all[$0] }
    }

    /// The class of the first level with that label, as imports name it.
    public func topLevel(named label: String) -> CatalogueEntry? {
        list.position(named: label, under: nil).map { list.all[$0] }
    }

    /// The entries below a code of the first or second level.
    public func children(of code: String) -> [CatalogueEntry] {
        let position = list.position(of: MatterReference(standard: standard, kind: .demand, code: code))
        return position.map { list.entries(under: $0) } ?? []
    }

    /// The entries of all levels whose name contains the text: equal names first, then those that begin with it.
    public func search(_ text: String) -> [CatalogueEntry] {
        list.named(text)
    }
}
