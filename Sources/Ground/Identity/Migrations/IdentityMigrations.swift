import Storage

enum IdentityMigrations {
    static let all = [
        Migration(
            "identity.001-organisation-account",
            """
            CREATE TABLE organisation (
                id {id} NOT NULL PRIMARY KEY,
                code {text} NOT NULL UNIQUE,
                kind {text} NOT NULL CHECK (kind IN ('centre', 'department', 'community', 'company', 'social')),
                name_zh {text} NOT NULL CHECK (name_zh <> ''),
                name_en {text} NOT NULL,
                area_id {id} NOT NULL,
                valid_from {instant} NOT NULL,
                valid_to {instant},
                CHECK (valid_to IS NULL OR valid_from <= valid_to)
            ) {strict};
            CREATE TABLE account (
                id {id} NOT NULL PRIMARY KEY,
                login {text} NOT NULL UNIQUE,
                name {text} NOT NULL CHECK (name <> ''),
                password_hash {text} NOT NULL,
                state {text} NOT NULL CHECK (state IN ('active', 'suspended')),
                locale {text} CHECK (locale IN ('zh-Hans', 'en')),
                created_at {instant} NOT NULL,
                password_set_at {instant} NOT NULL
            ) {strict};
            CREATE TABLE assignment (
                id {id} NOT NULL PRIMARY KEY,
                account_id {id} NOT NULL REFERENCES account (id),
                role {text} NOT NULL,
                organisation_id {id} NOT NULL REFERENCES organisation (id),
                area_id {id} NOT NULL,
                valid_from {instant} NOT NULL,
                valid_to {instant},
                CHECK (valid_to IS NULL OR valid_from <= valid_to)
            ) {strict};
            CREATE INDEX assignment_account ON assignment (account_id, valid_from);
            CREATE INDEX assignment_organisation ON assignment (organisation_id, valid_from);
            """),
        Migration(
            "identity.002-session",
            """
            CREATE TABLE session (
                token_hash {bytes} NOT NULL PRIMARY KEY,
                id {id} NOT NULL UNIQUE,
                account_id {id} NOT NULL REFERENCES account (id),
                created_at {instant} NOT NULL,
                seen_at {instant} NOT NULL,
                expires_at {instant} NOT NULL
            ) {strict};
            CREATE INDEX session_account ON session (account_id);
            """),
        Migration(
            "identity.003-audit-entry",
            """
            CREATE TABLE audit_entry (
                id {id} NOT NULL PRIMARY KEY,
                at {instant} NOT NULL,
                origin {text} NOT NULL CHECK (origin IN ('person', 'visitor', 'console', 'system')),
                account_id {id},
                organisation_id {id},
                action {text} NOT NULL,
                subject_kind {text} NOT NULL,
                subject_id {id},
                fields {text} NOT NULL
            ) {clustered};
            CREATE INDEX audit_entry_account ON audit_entry (account_id, id) WHERE account_id IS NOT NULL;
            CREATE INDEX audit_entry_subject ON audit_entry (subject_id, id) WHERE subject_id IS NOT NULL;
            """),
        Migration(
            "identity.010-audit-chain",
            """
            CREATE TABLE audit_seal (
                number {int} NOT NULL PRIMARY KEY,
                source {text} NOT NULL,
                record_id {id} NOT NULL,
                digest {bytes} NOT NULL,
                link {bytes} NOT NULL,
                UNIQUE (source, record_id)
            ) {strict};
            CREATE TABLE audit_head (
                chain {int} NOT NULL PRIMARY KEY CHECK (chain = 1),
                number {int} NOT NULL,
                link {bytes} NOT NULL,
                at {instant} NOT NULL,
                key_id {int} NOT NULL,
                signature {bytes} NOT NULL
            ) {strict};
            """),
        Migration(
            "identity.011-session-origin",
            """
            ALTER TABLE session ADD COLUMN address {text};
            ALTER TABLE session ADD COLUMN agent {text};
            ALTER TABLE session ADD COLUMN second_factor {int};
            """),
        Migration(
            "identity.012-lockout",
            """
            CREATE TABLE account_lockout (
                account_id {id} NOT NULL PRIMARY KEY REFERENCES account (id),
                failures {int} NOT NULL,
                since {instant} NOT NULL,
                locked_at {instant},
                locked_until {instant},
                released_at {instant}
            ) {strict};
            CREATE INDEX account_lockout_at ON account_lockout (locked_at) WHERE locked_at IS NOT NULL;
            """),
        Migration(
            "identity.013-second-factor",
            """
            CREATE TABLE account_second_factor (
                account_id {id} NOT NULL PRIMARY KEY REFERENCES account (id),
                secret {bytes} NOT NULL,
                begun_at {instant} NOT NULL,
                confirmed_at {instant},
                last_step {int} NOT NULL
            ) {strict};
            CREATE TABLE account_recovery_code (
                account_id {id} NOT NULL REFERENCES account (id),
                hash {bytes} NOT NULL,
                PRIMARY KEY (account_id, hash)
            ) {clustered};
            """),
    ]
}
