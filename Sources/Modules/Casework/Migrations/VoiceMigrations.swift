import Storage

/// The tables of the reporters' side: what they were asked and what they said.
enum VoiceMigrations {
    static let all: [Migration] = [callbacks, supplements, ratings, objections]

    /// Each try to ask a reporter. `solved` is missing when nobody was reached, `satisfaction` also when somebody did
    /// not want to say. `version` is the case's version after the try, which names its step.
    static let callbacks = Migration(
        "casework.020-callback",
        """
        CREATE TABLE callback (
            id {id} PRIMARY KEY,
            case_id {id} NOT NULL REFERENCES case_file (id),
            report_id {id} NOT NULL REFERENCES report (id),
            at {instant} NOT NULL,
            means {text} NOT NULL,
            solved {bool},
            satisfaction {text},
            note {text},
            account_id {id},
            organisation_id {id},
            version {int} NOT NULL,
            UNIQUE (case_id, version),
            CHECK (satisfaction IS NULL OR solved IS NOT NULL)
        ) {strict};
        """)

    /// What senders added when asked: `text` redacted, `words` as it came, sealed under the report's own key.
    static let supplements = Migration(
        "casework.021-supplement",
        """
        CREATE TABLE supplement (
            id {id} PRIMARY KEY,
            report_id {id} NOT NULL REFERENCES report (id),
            at {instant} NOT NULL,
            text {text} NOT NULL,
            words {bytes},
            account_id {id},
            version {int} NOT NULL,
            UNIQUE (report_id, version)
        ) {strict};
        """)

    /// What senders say of answers; `version` is the report's after it, which names its step.
    static let ratings = Migration(
        "casework.022-rating",
        """
        CREATE TABLE rating (
            id {id} PRIMARY KEY,
            report_id {id} NOT NULL REFERENCES report (id),
            case_id {id},
            at {instant} NOT NULL,
            contacted {bool},
            solved {bool} NOT NULL,
            satisfaction {text} NOT NULL,
            words {text},
            version {int} NOT NULL,
            UNIQUE (report_id, version)
        ) {strict};
        CREATE INDEX rating_case ON rating (case_id) WHERE case_id IS NOT NULL;
        """)

    /// One objection of a report waits at a time; `objected_at` puts the report into the list of those that do.
    static let objections = Migration(
        "casework.023-objection",
        """
        ALTER TABLE report ADD COLUMN objected_at {instant};
        CREATE TABLE objection (
            id {id} PRIMARY KEY,
            report_id {id} NOT NULL REFERENCES report (id),
            contested {text} NOT NULL,
            at {instant} NOT NULL,
            words {text} NOT NULL,
            version {int} NOT NULL,
            ruling {text},
            decided_at {instant},
            public_note {text},
            decided_by {id},
            decided_for {id},
            UNIQUE (report_id, version),
            CHECK ((ruling IS NULL) = (decided_at IS NULL))
        ) {strict};
        CREATE UNIQUE INDEX objection_waiting ON objection (report_id) WHERE decided_at IS NULL;
        """)
}
