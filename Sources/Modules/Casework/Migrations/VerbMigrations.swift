import Storage

/// What the verbs off the straight way keep.
enum VerbMigrations {
    static let all: [Migration] = [changes]

    /// A list of ``FieldChange`` as JSON; opaque, nothing is filtered by it.
    static let changes = Migration(
        "casework.010-step-changes",
        """
        ALTER TABLE step ADD COLUMN changes {json};
        """)
}
