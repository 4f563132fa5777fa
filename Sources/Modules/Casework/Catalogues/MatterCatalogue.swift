public import Domain

/// A standard's directory of components (things in the street) and matters (what happens), two levels deep:
/// a 2-digit class and a 5-digit kind in it.
///
/// A component and a matter may bear the same code; each numbering is one catalogue, and several live side by side.
public struct MatterCatalogue: Sendable {
    /// Such as `gbt47678.5-2026`.
    public let standard: String
    /// The standard's own designation, such as `GB/T 47678.5-2026`.
    public let title: String
    /// The day since which the standard is in force.
    public let validFrom: LocalDay?
    /// Classes and the entries under them.
    private let list: EntryList
    /// The entries without the classes, in the order of the file.
    public let entries: [CatalogueEntry]

    /// Reads the directory.
    /// - Parameters:
    ///   - bytes: CSV with the columns kind, code, l1_code, l1_name, name.
    ///   - kinds: what the words of the column `kind` mean.
    public init(
        standard: String, title: String, validFrom: LocalDay?, kinds: [String: MatterKind], file: String, bytes: [UInt8]
    ) throws(CatalogueError) {
        let table = try CatalogueTable(
            file: file, bytes: bytes, columns: ["kind", "code", "l1_code", "l1_name", "name"])
        var list = EntryList()
        var entries: [CatalogueEntry] = []
        for row in table.rows {
            let (code, classCode, className) = (row.fields[1], row.fields[2], row.fields[3])
            guard let kind = kinds[row.fields[0]] else {
                throw CatalogueError(file: file, line: row.line, problem: "unknown kind \(row.fields[0])")
            }
            guard code.utf8.count == 5, classCode.utf8.count == 2, code.utf8.allSatisfy(isDigit),
                code.hasPrefix(classCode)
            else {
                throw CatalogueError(
                    file: file, line: row.line, problem: "code \(code) is not five digits beginning with \(classCode)")
            }
            let reference = MatterReference(standard: standard, kind: kind, code: classCode)
            let position =
                list.position(of: reference)
                ?? list.append(CatalogueEntry(reference: reference, name: className, parent: nil), under: nil)
            guard let position, list.all[position].name == className else {
                throw CatalogueError(
                    file: file, line: row.line, problem: "class \(classCode) has another name before \(className)")
            }
            let entry = CatalogueEntry(
                reference: MatterReference(standard: standard, kind: kind, code: code), name: row.fields[4],
                parent: list.all[position])
            guard list.append(entry, under: position) != nil else {
                throw CatalogueError(file: file, line: row.line, problem: "code \(code) stands twice")
            }
            entries.append(entry)
        }
        self.standard = standard
        self.title = title
        self.validFrom = validFrom
        self.list = list
        self.entries = entries
    }

    /// The entry with the 5-digit code, or the class with the 2-digit code.
    public func entry(_ kind: MatterKind, _ code: String) -> CatalogueEntry? {
        list.entry(MatterReference(standard: standard, kind: kind, code: code))
    }

    /// The classes of one kind in the order of the file.
    public func classes(of kind: MatterKind) -> [CatalogueEntry] {
        list.entries(under: nil).filter { $0.reference.kind == kind }
    }

    /// The entries of a class.
    public func entries(of kind: MatterKind, inClass code: String) -> [CatalogueEntry] {
        let position = list.position(of: MatterReference(standard: standard, kind: kind, code: code))
        return position.map { list.entries(under: $0) } ?? []
    }

    /// The entries whose name contains the text: equal names first, then those that begin with it.
    public func search(_ text: String) -> [CatalogueEntry] {
        list.named(text).filter { $0.parent != nil }
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
