import Storage

/// What the verbs off the straight way keep.
enum VerbMigrations {
    static let all: [Migration] = [changes, assignees]

    /// A list of ``FieldChange`` as JSON; opaque, nothing is filtered by it.
    static let changes = Migration(
        "casework.010-step-changes",
        """
        ALTER TABLE step ADD COLUMN changes {json};
        """)

    /// The person of the organisation who handles a task.
    static let assignees = Migration(
        "casework.011-task-assignees",
        """
        ALTER TABLE case_task ADD COLUMN assigned_to {id};
        """)
}
