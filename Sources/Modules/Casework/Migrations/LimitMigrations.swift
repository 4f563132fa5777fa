import Storage

/// The tables of limits. A landed migration is never edited.
enum LimitMigrations {
    static let all: [Migration] = [limits, times, overlays]

    /// One row per running clock and generation. `pauses` lists the pauses that are over, as pairs of milliseconds.
    static let limits = Migration(
        "casework.030-limits",
        """
        CREATE TABLE case_limit (
            id {id} PRIMARY KEY,
            stage {text} NOT NULL,
            subject_kind {text} NOT NULL,
            subject_id {id} NOT NULL,
            case_id {id},
            organisation_id {id},
            began_at {instant} NOT NULL,
            amount {int},
            unit {text},
            set_due {instant},
            due_at {instant} NOT NULL,
            warn_at {instant} NOT NULL,
            table_version {text} NOT NULL,
            provisional {int} NOT NULL,
            generation {int} NOT NULL,
            pauses {text} NOT NULL,
            paused_at {instant},
            warned_at {instant},
            missed_at {instant},
            finished_at {instant},
            cancelled_at {instant},
            standing {text},
            version {int} NOT NULL,
            UNIQUE (subject_id, stage, generation),
            CHECK ((amount IS NULL) = (unit IS NULL)),
            CHECK ((amount IS NULL) <> (set_due IS NULL))
        ) {strict};
        CREATE INDEX case_limit_case ON case_limit (case_id) WHERE case_id IS NOT NULL;
        CREATE INDEX case_limit_provisional ON case_limit (id)
            WHERE provisional = 1 AND finished_at IS NULL AND cancelled_at IS NULL;
        """)

    /// What lies over a case or task: asked for, granted, over. One of a kind at a time over one thing.
    static let overlays = Migration(
        "casework.032-overlays",
        """
        CREATE TABLE overlay (
            id {id} PRIMARY KEY,
            kind {text} NOT NULL,
            subject_kind {text} NOT NULL,
            subject_id {id} NOT NULL,
            case_id {id},
            reason {text} NOT NULL,
            requested_at {instant} NOT NULL,
            requested_by {id},
            requested_for {id},
            state {text} NOT NULL,
            granted_by {id},
            began_at {instant},
            until_at {instant},
            ended_at {instant},
            version {int} NOT NULL
        ) {strict};
        CREATE INDEX overlay_case ON overlay (case_id) WHERE case_id IS NOT NULL;
        CREATE UNIQUE INDEX overlay_live ON overlay (subject_id, kind) WHERE state IN ('requested', 'running');
        """)

    /// What a deployment has imported: tables of holidays (all are kept, the newest holds), office hours of
    /// organisations, limits of matters. `exceptions` lists the days that are worked (+) or not (-) as day numbers.
    static let times = Migration(
        "casework.031-times",
        """
        CREATE TABLE workday_table (
            version {text} PRIMARY KEY,
            number {int} NOT NULL UNIQUE,
            first_day {int} NOT NULL,
            last_day {int} NOT NULL,
            exceptions {text} NOT NULL,
            imported_at {instant} NOT NULL
        ) {strict};
        CREATE TABLE office_hours (
            organisation_id {id} PRIMARY KEY,
            hours {text} NOT NULL
        ) {strict};
        CREATE TABLE matter_limit (
            matter {text} NOT NULL,
            stage {text} NOT NULL,
            class {text} NOT NULL,
            amount {int} NOT NULL,
            unit {text} NOT NULL,
            PRIMARY KEY (matter, stage)
        ) {strict};
        """)
}
