/// A catalogue file that cannot be used. Nothing of it is loaded.
public struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1; `nil` when the file as a whole is wrong.
    public let line: Int?
    /// What is wrong, for the person who installs the file.
    public let problem: String

    public init(file: String, line: Int? = nil, problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    public var description: String {
        if let line { "\(file), line \(line): \(problem)" } else { "\(file): \(problem)" }
    }
}
