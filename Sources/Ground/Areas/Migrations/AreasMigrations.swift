import Storage

enum AreasMigrations {
    static let all = [
        Migration(
            "areas.001-area",
            """
            CREATE TABLE area (
                id {id} NOT NULL PRIMARY KEY,
                parent_id {id} REFERENCES area (id),
                level {text} NOT NULL CHECK (level IN ('district', 'street', 'community', 'grid')),
                code {text} NOT NULL,
                path {text} NOT NULL,
                name_zh {text} NOT NULL CHECK (name_zh <> ''),
                name_en {text} NOT NULL,
                letters {text},
                valid_from {instant} NOT NULL,
                valid_to {instant},
                successor_id {id} REFERENCES area (id),
                CHECK ((parent_id IS NULL) = (level = 'district')),
                CHECK (letters IS NULL OR level = 'street'),
                CHECK (valid_to IS NULL OR valid_from <= valid_to)
            ) {strict};
            CREATE INDEX area_parent ON area (parent_id);
            CREATE INDEX area_path ON area (path);
            CREATE UNIQUE INDEX area_current_code ON area (code) WHERE valid_to IS NULL;
            CREATE UNIQUE INDEX area_current_letters ON area (letters) WHERE valid_to IS NULL AND letters IS NOT NULL;
            CREATE TABLE area_revision (
                id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
                revision {int} NOT NULL
            ) {strict};
            INSERT INTO area_revision (id, revision) VALUES (1, 0);
            """)
    ]
}
