/// The formats that are taken, told by their first bytes. What the sender calls a file counts for nothing.
enum FileType: String, CaseIterable, Sendable {
    case jpeg, png, webp, heic, pdf

    /// As many bytes of the beginning as are looked at.
    static let headBytes = 32

    /// - Parameter head: the first bytes of the file.
    /// - Returns: `nil` for everything else, GIF and SVG among it.
    init?(head: some Collection<UInt8>) {
        let bytes = Array(head.prefix(FileType.headBytes))
        func has(_ text: String, at offset: Int = 0) -> Bool {
            bytes.dropFirst(offset).starts(with: text.utf8)
        }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if has("RIFF"), has("WEBP", at: 8) {
            self = .webp
        } else if has("ftyp", at: 4), FileType.heicBrands.contains(where: { has($0, at: 8) }) {
            self = .heic
        } else if has("%PDF-1.") || has("%PDF-2.") {
            self = .pdf
        } else {
            return nil
        }
    }

    /// ISO/IEC 23008-12 §10: HEVC-coded still pictures and what phones write for them.
    private static let heicBrands = ["heic", "heix", "heim", "heis", "mif1", "msf1"]

    /// The family of libvips' loaders for it; `nil` for what is not decoded.
    var loader: String? {
        switch self {
        case .jpeg: "VipsForeignLoadJpeg"
        case .png: "VipsForeignLoadPng"
        case .webp: "VipsForeignLoadWebp"
        case .heic: "VipsForeignLoadHeif"
        case .pdf: nil
        }
    }
}
