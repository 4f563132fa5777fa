import Storage

/// The tables of casework. A landed migration is never edited.
enum CaseworkMigrations {
    static let all: [Migration] = [reports, cases, steps, queues]

    /// The words as they came lie in `words`, sealed under the key in `words_key`; `title`, `text` and `place` are
    /// redacted. Without `words_key` the words are erased and the history stays.
    static let reports = Migration(
        "casework.001-reports",
        """
        CREATE TABLE report (
            id {id} PRIMARY KEY,
            tracking_code {text} NOT NULL UNIQUE,
            channel {text} NOT NULL,
            area_id {id} NOT NULL,
            place {text},
            hint {text},
            title {text} NOT NULL,
            text {text} NOT NULL,
            words {bytes} NOT NULL,
            words_key {bytes},
            phone {bytes},
            phone_index {bytes},
            phone_mask {text},
            source {text},
            source_id {text},
            label {text},
            received_at {instant} NOT NULL,
            recorded_at {instant} NOT NULL,
            state {text} NOT NULL,
            case_id {id},
            version {int} NOT NULL,
            CHECK ((source IS NULL) = (source_id IS NULL))
        ) {strict};
        CREATE UNIQUE INDEX report_external ON report (source, source_id) WHERE source IS NOT NULL;
        CREATE INDEX report_case ON report (case_id) WHERE case_id IS NOT NULL;
        CREATE INDEX report_phone ON report (phone_index) WHERE phone_index IS NOT NULL;
        CREATE TABLE report_scope (
            scope {id} NOT NULL,
            queue {text} NOT NULL,
            received_at {instant} NOT NULL,
            report_id {id} NOT NULL,
            PRIMARY KEY (scope, queue, received_at, report_id)
        ) {clustered};
        """)

    /// `revision` counts every change of the case and of its tasks: it orders the case's events and tells a page that
    /// it is out of date. `version` counts the steps of the case alone.
    static let cases = Migration(
        "casework.002-cases",
        """
        CREATE TABLE case_file (
            id {id} PRIMARY KEY,
            number {text} UNIQUE,
            area_id {id} NOT NULL,
            title {text} NOT NULL,
            matter {text},
            state {text} NOT NULL,
            opened_at {instant} NOT NULL,
            due_at {instant},
            outcome {text},
            public_answer {text},
            version {int} NOT NULL,
            revision {int} NOT NULL
        ) {strict};
        CREATE TABLE case_task (
            id {id} PRIMARY KEY,
            case_id {id} NOT NULL REFERENCES case_file (id),
            organisation_id {id} NOT NULL,
            role {text} NOT NULL,
            ground {text} NOT NULL,
            ground_reference {text} NOT NULL,
            offered_at {instant} NOT NULL,
            state {text} NOT NULL,
            due_at {instant},
            signed_by {id},
            signed_at {instant},
            outcome {text},
            public_text {text},
            internal_text {text},
            answered_by {id},
            answered_at {instant},
            verdict {text},
            check_note {text},
            checked_by {id},
            checked_for {id},
            checked_at {instant},
            reworks {int} NOT NULL,
            refusals {int} NOT NULL,
            version {int} NOT NULL,
            CHECK ((signed_by IS NULL) = (signed_at IS NULL)),
            CHECK ((answered_by IS NULL) = (outcome IS NULL)),
            CHECK ((checked_by IS NULL) = (verdict IS NULL))
        ) {strict};
        CREATE INDEX case_task_case ON case_task (case_id);
        CREATE UNIQUE INDEX case_task_lead ON case_task (case_id) WHERE role = 'lead' AND state <> 'withdrawn';
        CREATE TABLE case_number_counter (
            street_id {id} NOT NULL,
            day {int} NOT NULL,
            last {int} NOT NULL,
            PRIMARY KEY (street_id, day)
        ) {clustered};
        """)

    /// Append-only: the product has no statement that changes or removes a step.
    static let steps = Migration(
        "casework.003-steps",
        """
        CREATE TABLE step (
            id {id} PRIMARY KEY,
            subject_kind {text} NOT NULL,
            subject_id {id} NOT NULL,
            version {int} NOT NULL,
            case_id {id},
            at {instant} NOT NULL,
            account_id {id},
            organisation_id {id},
            action {text} NOT NULL,
            from_state {text},
            to_state {text} NOT NULL,
            note {text},
            public_note {text},
            reason {text},
            ground {text},
            ground_reference {text},
            due_at {instant},
            target_id {id},
            UNIQUE (subject_id, version)
        ) {strict};
        CREATE INDEX step_case ON step (case_id, at) WHERE case_id IS NOT NULL;
        """)

    /// `case_scope`: one row per area above the case and per organisation involved; a list reads one scope.
    /// `queue` is the centre's list in the rows of areas and the organisation's own list in the rows of organisations.
    /// `open` is 1 or 0, so that it can stand in the middle of the key.
    static let queues = Migration(
        "casework.004-queues",
        """
        CREATE TABLE case_scope (
            scope {id} NOT NULL,
            open {int} NOT NULL,
            due {instant} NOT NULL,
            case_id {id} NOT NULL,
            queue {text} NOT NULL,
            PRIMARY KEY (scope, open, due, case_id)
        ) {clustered};
        CREATE INDEX case_scope_queue ON case_scope (scope, queue, due, case_id) WHERE open = 1;
        CREATE TABLE queue_counter (
            scope {id} NOT NULL,
            queue {text} NOT NULL,
            count {int} NOT NULL,
            PRIMARY KEY (scope, queue)
        ) {clustered};
        """)
}
