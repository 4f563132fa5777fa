import Storage

enum FilesMigrations {
    static let all = [
        Migration(
            "files.001-file",
            """
            CREATE TABLE file (
                id {id} NOT NULL PRIMARY KEY,
                kind {text} NOT NULL CHECK (kind IN ('photo', 'document')),
                digest {bytes} NOT NULL CHECK (length(digest) = 32),
                bytes {int} NOT NULL CHECK (bytes > 0),
                small_digest {bytes} CHECK (length(small_digest) = 32),
                small_bytes {int},
                width {int},
                height {int},
                uploaded_by {id},
                uploaded_at {instant} NOT NULL,
                subject_kind {text},
                subject_id {id},
                source_digest {bytes} NOT NULL CHECK (length(source_digest) = 32),
                location {bytes},
                name {bytes},
                CHECK ((subject_kind IS NULL) = (subject_id IS NULL)),
                CHECK ((kind = 'photo') = (small_digest IS NOT NULL)),
                CHECK ((small_digest IS NULL) = (small_bytes IS NULL)),
                CHECK (kind = 'photo' OR location IS NULL)
            ) {strict};
            CREATE INDEX file_digest ON file (digest);
            CREATE INDEX file_small_digest ON file (small_digest) WHERE small_digest IS NOT NULL;
            CREATE INDEX file_source_digest ON file (source_digest);
            CREATE INDEX file_waiting ON file (uploaded_at) WHERE subject_id IS NULL;
            """)
    ]
}
